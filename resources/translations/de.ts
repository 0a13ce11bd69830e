<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Nothing in your documents answers this. Try other words, or add the document that would say it.</source>
        <translation>Nichts in Ihren Dokumenten beantwortet das. Versuchen Sie andere Wörter, oder fügen Sie das Dokument hinzu, in dem es stehen müsste.</translation>
    </message>
    <message>
        <source>No passage bears that out. The best one found says:</source>
        <translation>Keine Textstelle belegt das. Die beste, die gefunden wurde, lautet:</translation>
    </message>
    <message>
        <source>Searched in {collection}.</source>
        <translation>Gesucht in {collection}.</translation>
    </message>
    <message>
        <source>Searched in the documents that you chose.</source>
        <translation>Gesucht in den Dokumenten, die Sie gewählt haben.</translation>
    </message>
    <message>
        <source>Searched in all your documents.</source>
        <translation>Gesucht in allen Ihren Dokumenten.</translation>
    </message>
    <message>
        <source>Documents: {documents}, pages: {pages}.</source>
        <translation>Dokumente: {documents}, Seiten: {pages}.</translation>
    </message>
    <message>
        <source>Not fully indexed yet: {count}.</source>
        <translation>Noch nicht ganz erschlossen: {count}.</translation>
    </message>
    <message>
        <source>Documents that could not be read: {count}.</source>
        <translation>Dokumente, die nicht gelesen werden konnten: {count}.</translation>
    </message>
    <message>
        <source>Pages without text: {count}.</source>
        <translation>Seiten ohne Text: {count}.</translation>
    </message>
    <message>
        <source>Searched by words alone, not by meaning. {why}</source>
        <translation>Nur nach Wörtern gesucht, nicht nach Bedeutung. {why}</translation>
    </message>
    <message>
        <source>What was found was not put in order once more. {why}</source>
        <translation>Das Gefundene wurde nicht noch einmal geordnet. {why}</translation>
    </message>
    <message>
        <source>Written by a model from passages of your documents</source>
        <translation>Von einem Modell aus Textstellen Ihrer Dokumente geschrieben</translation>
    </message>
    <message>
        <source>Passages of your documents, word for word; no model was used</source>
        <translation>Textstellen Ihrer Dokumente, Wort für Wort; ohne Modell</translation>
    </message>
    <message>
        <source>A summary by a model of what your documents say, and no more</source>
        <translation>Eine Zusammenfassung dessen, was Ihre Dokumente sagen, von einem Modell und nicht mehr</translation>
    </message>
    <message>
        <source>What each document says by itself, written by a model</source>
        <translation>Was jedes Dokument für sich sagt, von einem Modell geschrieben</translation>
    </message>
    <message>
        <source>No passage was relevant; no model was used</source>
        <translation>Keine Textstelle passte; ohne Modell</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Entstanden aus</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>Gesucht</translation>
    </message>
    <message>
        <source>temperature {temperature}, seed {seed}, up to {tokens} tokens</source>
        <translation>Temperatur {temperature}, Startwert {seed}, bis zu {tokens} Token</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>its first {count} questions were read as a summary</source>
        <translation>seine ersten {count} Fragen wurden als Zusammenfassung gelesen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>its first {count} questions were not read</source>
        <translation>seine ersten {count} Fragen wurden nicht gelesen</translation>
    </message>
    <message>
        <source>{count} tokens, {cached} of them read before</source>
        <translation>{count} Token, {cached} davon schon vorher gelesen</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>after {seconds} s</source>
        <translation>nach {seconds} s</translation>
    </message>
    <message>
        <source>First word</source>
        <translation>Erstes Wort</translation>
    </message>
    <message>
        <source>{count} tokens, {speed} a second</source>
        <translation>{count} Token, {speed} pro Sekunde</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>No passage supports this sentence.</source>
        <translation>Keine Textstelle belegt diesen Satz.</translation>
    </message>
    <message>
        <source>No passage supports a sentence with a dotted line.</source>
        <translation>Einen Satz mit gepunkteter Linie belegt keine Textstelle.</translation>
    </message>
    <message>
        <source>This answer was stopped before it was finished.</source>
        <translation>Diese Antwort wurde angehalten, bevor sie fertig war.</translation>
    </message>
    <message>
        <source>This answer failed.</source>
        <translation>Diese Antwort ist fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>The question has about {tokens} tokens; the model reads {most}.</source>
        <translation>Die Frage hat etwa {tokens} Token; das Modell liest {most}.</translation>
    </message>
    <message>
        <source>Chat: {used} of {limit} tokens</source>
        <translation>Chat: {used} von {limit} Token</translation>
    </message>
    <message>
        <source>Chat: about {used} of {limit} tokens</source>
        <translation>Chat: etwa {used} von {limit} Token</translation>
    </message>
    <message>
        <source>{model} reads {window} tokens at once: {limit} of them may be this chat, the rest are for the passages found, your question and the answer.</source>
        <translation>{model} liest {window} Token auf einmal: {limit} davon kann dieser Chat haben, der Rest ist für die gefundenen Textstellen, Ihre Frage und die Antwort.</translation>
    </message>
    <message>
        <source>Of {all} questions with their answers, {model} reads the last {kept} as they are; the first {gone} are summarised before the next answer.</source>
        <translation>Von {all} Fragen mit ihren Antworten liest {model} die letzten {kept}, wie sie sind; die ersten {gone} werden vor der nächsten Antwort zusammengefasst.</translation>
    </message>
    <message>
        <source>This chat has outgrown what {model} reads at once. Of {all} questions with their answers it reads the last {kept}; the first {gone} are left out.</source>
        <translation>Dieser Chat ist größer geworden, als {model} auf einmal liest. Von {all} Fragen mit ihren Antworten liest es die letzten {kept}; die ersten {gone} bleiben weg.</translation>
    </message>
    <message>
        <source>Of {all} questions with their answers, {model} reads the first {gone} as a summary, and the last {kept} as they are.</source>
        <translation>Von {all} Fragen mit ihren Antworten liest {model} die ersten {gone} als Zusammenfassung und die letzten {kept}, wie sie sind.</translation>
    </message>
    <message>
        <source>This chat goes on from a summary of an earlier one.</source>
        <translation>Dieser Chat setzt die Zusammenfassung eines früheren fort.</translation>
    </message>
</context>
<context>
    <name>AdapterField</name>
    <message>
        <source>Strength of the adapter</source>
        <translation>Stärke des Adapters</translation>
    </message>
    <message>
        <source>Choose an adapter</source>
        <translation>Adapter wählen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Leave the adapter out</source>
        <translation>Den Adapter weglassen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf)</source>
        <translation>GGUF-Dateien (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>AdapterList</name>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Add an adapter</source>
        <translation>Adapter hinzufügen</translation>
    </message>
    <message>
        <source>Load a LoRA in a GGUF file together with this model</source>
        <translation>Eine LoRA aus einer GGUF-Datei zusammen mit diesem Modell laden</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf)</source>
        <translation>GGUF-Dateien (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Strength of {adapter}</source>
        <translation>Stärke von {adapter}</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Leave {name} out</source>
        <translation>{name} weglassen</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Show the passage that supports this: {number}</source>
        <translation>Die Textstelle zeigen, die das belegt: {number}</translation>
    </message>
    <message>
        <source>No passage supports this sentence</source>
        <translation>Keine Textstelle belegt diesen Satz</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>AnswerView</name>
    <message>
        <source>These are passages of your documents, because no model answered.</source>
        <translation>Das sind Textstellen Ihrer Dokumente, weil kein Modell geantwortet hat.</translation>
    </message>
    <message>
        <source>Stopped before it was finished.</source>
        <translation>Angehalten, bevor sie fertig war.</translation>
    </message>
    <message>
        <source>What was read is kept: summarised again, it goes on there.</source>
        <translation>Was gelesen wurde, ist aufgehoben: Beim nächsten Zusammenfassen geht es dort weiter.</translation>
    </message>
    <message>
        <source>The answer ends here because it reached its greatest length.</source>
        <translation>Die Antwort endet hier, weil sie ihre größte Länge erreicht hat.</translation>
    </message>
    <message>
        <source>Written without the first questions of this chat: {count}.</source>
        <translation>Ohne die ersten Fragen dieses Chats geschrieben: {count}.</translation>
    </message>
    <message>
        <source>Some documents are still being indexed; ask again later for more.</source>
        <translation>Einige Dokumente werden noch erschlossen; fragen Sie später noch einmal.</translation>
    </message>
    <message>
        <source>Documents that could not be read, and so were not searched: {count}. The report on the Documents page names them.</source>
        <translation>Dokumente, die nicht gelesen werden konnten und deshalb nicht durchsucht wurden: {count}. Der Bericht auf der Seite Dokumente nennt sie.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this answer</source>
        <translation>Diese Antwort kopieren</translation>
    </message>
    <message>
        <source>Closest places</source>
        <translation>Nächstliegende Stellen</translation>
    </message>
    <message>
        <source>Show the passages that came closest; none of them answers the question</source>
        <translation>Die Textstellen zeigen, die am nächsten kamen; keine beantwortet die Frage</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Show how this answer was made</source>
        <translation>Zeigen, wie diese Antwort entstanden ist</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export this answer</source>
        <translation>Diese Antwort exportieren</translation>
    </message>
    <message>
        <source>With its sources</source>
        <translation>Mit ihren Quellen</translation>
    </message>
    <message>
        <source>With images of the pages it cites</source>
        <translation>Mit Bildern der zitierten Seiten</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>AnywhereCard</name>
    <message>
        <source>From anywhere</source>
        <translation>Von überall</translation>
    </message>
    <message>
        <source>Select a text in any program and press the shortcut: a small window offers tones and voices and puts the result in the text&apos;s place. What you had on the clipboard is there again afterwards.</source>
        <translation>Markieren Sie in einem beliebigen Programm einen Text und drücken Sie das Tastenkürzel: Ein kleines Fenster bietet Tonlagen und Stimmen an und setzt das Ergebnis an die Stelle des Textes. Was in der Zwischenablage war, ist danach wieder da.</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>Im Infobereich bleiben, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>This desktop shows no tray, so closing the window ends Escritoire.</source>
        <translation>Diese Arbeitsoberfläche hat keinen Infobereich, deshalb beendet das Schließen des Fensters Escritoire.</translation>
    </message>
    <message>
        <source>Switch the shortcut for a selection on or off</source>
        <translation>Das Tastenkürzel für markierten Text ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed, or not</source>
        <translation>Beim Schließen des Fensters im Infobereich bleiben oder nicht</translation>
    </message>
    <message>
        <source>The system asks you whether Escritoire may have the shortcut.</source>
        <translation>Das System fragt Sie, ob Escritoire das Tastenkürzel haben darf.</translation>
    </message>
    <message>
        <source>The system gave it these keys: {given}.</source>
        <translation>Das System hat ihm diese Tasten gegeben: {given}.</translation>
    </message>
    <message>
        <source>Ready.</source>
        <translation>Bereit.</translation>
    </message>
    <message>
        <source>Another program has {keys}. Press other keys in the field above.</source>
        <translation>Ein anderes Programm hat {keys}. Drücken Sie im Feld oben andere Tasten.</translation>
    </message>
    <message>
        <source>{keys} cannot be a shortcut here. Press one key together with Ctrl or Alt in the field above.</source>
        <translation>{keys} kann hier kein Tastenkürzel sein. Drücken Sie im Feld oben eine Taste zusammen mit Strg oder Alt.</translation>
    </message>
    <message>
        <source>This system gives Escritoire no shortcut, but you can bind one to a command that opens the small window while Escritoire is open.</source>
        <translation>Dieses System gibt Escritoire kein Tastenkürzel, aber Sie können eines an einen Befehl binden, der das kleine Fenster öffnet, solange Escritoire offen ist.</translation>
    </message>
    <message>
        <source>Shortcut for a selection</source>
        <translation>Tastenkürzel für markierten Text</translation>
    </message>
    <message>
        <source>Keys of the shortcut</source>
        <translation>Tasten des Tastenkürzels</translation>
    </message>
    <message>
        <source>Press the keys that you want</source>
        <translation>Drücken Sie die Tasten, die Sie möchten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Den Befehl kopieren</translation>
    </message>
    <message>
        <source>The command was copied.</source>
        <translation>Der Befehl wurde kopiert.</translation>
    </message>
</context>
<context>
    <name>AppearanceCard</name>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>{size} %</source>
        <translation>{size} %</translation>
    </message>
    <message>
        <source>Put rows and controls closer together</source>
        <translation>Zeilen und Bedienelemente enger setzen</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Size of &amp;text</source>
        <translation>&amp;Textgröße</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Text größer</translation>
    </message>
    <message>
        <source>Make the text of the window larger</source>
        <translation>Den Text des Fensters vergrößern</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Text kleiner</translation>
    </message>
    <message>
        <source>Make the text of the window smaller</source>
        <translation>Den Text des Fensters verkleinern</translation>
    </message>
    <message>
        <source>Text of the usual size</source>
        <translation>Text in üblicher Größe</translation>
    </message>
    <message>
        <source>The language changes when Escritoire is opened the next time.</source>
        <translation>Die Sprache wechselt, wenn Escritoire das nächste Mal geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Choose the two documents to be compared first (Ctrl+L).</source>
        <translation>Wählen Sie zuerst die beiden Dokumente, die verglichen werden sollen (Strg+L).</translation>
    </message>
    <message>
        <source>Summarise {name}</source>
        <translation>{name} zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise {name} in short</source>
        <translation>{name} kurz zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise {name} at length</source>
        <translation>{name} ausführlich zusammenfassen</translation>
    </message>
</context>
<context>
    <name>AuthorCard</name>
    <message>
        <source>Tracked changes</source>
        <translation>Nachverfolgte Änderungen</translation>
    </message>
    <message>
        <source>A rewritten Word document holds what you took as tracked changes, in this name.</source>
        <translation>Ein umgeschriebenes Word-Dokument enthält, was Sie übernommen haben, als nachverfolgte Änderungen unter diesem Namen.</translation>
    </message>
    <message>
        <source>Author of tracked changes</source>
        <translation>Urheber der nachverfolgten Änderungen</translation>
    </message>
    <message>
        <source>Changes are tracked in the name of {author} from now on.</source>
        <translation>Änderungen werden von jetzt an unter dem Namen {author} nachverfolgt.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Bringing</name>
    <message>
        <source>Adding models</source>
        <translation>Modelle werden hinzugefügt</translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>{name} wird hinzugefügt</translation>
    </message>
    <message>
        <source>Other models are being worked on. Add {name} when that is done.</source>
        <translation>An anderen Modellen wird gerade gearbeitet. Fügen Sie {name} hinzu, wenn das fertig ist.</translation>
    </message>
    <message>
        <source>{names} was copied: it lies on another disk.</source>
        <translation>{names} wurde kopiert, denn es liegt auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>Added and hashed: {names}.</source>
        <translation>Hinzugefügt und gehasht: {names}.</translation>
    </message>
    <message>
        <source>Here already, to the bit: {names}.</source>
        <translation>Bis aufs Bit schon hier: {names}.</translation>
    </message>
    <message>
        <source>Pack into a folder</source>
        <translation>In einen Ordner packen</translation>
    </message>
    <message>
        <source>Packed into {folder}, signed by {fingerprint}.</source>
        <translation>In {folder} gepackt, unterschrieben von {fingerprint}.</translation>
    </message>
    <message>
        <source>Packing {names}</source>
        <translation>{names} wird gepackt</translation>
    </message>
    <message>
        <source>this profile&apos;s own key</source>
        <translation>der eigene Schlüssel dieses Profils</translation>
    </message>
    <message>
        <source>the same key as last time</source>
        <translation>derselbe Schlüssel wie beim letzten Mal</translation>
    </message>
    <message>
        <source>a key that was seen before</source>
        <translation>ein Schlüssel, der schon vorkam</translation>
    </message>
    <message>
        <source>a key that is seen for the first time</source>
        <translation>ein Schlüssel, der zum ersten Mal vorkommt</translation>
    </message>
    <message>
        <source>a key that is new; earlier packs came with other keys</source>
        <translation>ein neuer Schlüssel; frühere Pakete kamen mit anderen</translation>
    </message>
    <message>
        <source>The pack is whole. It is signed by {fingerprint}: {known}.</source>
        <translation>Das Paket ist vollständig. Unterschrieben ist es von {fingerprint}: {known}.</translation>
    </message>
    <message>
        <source>Add models</source>
        <translation>Modelle hinzufügen</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF-Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add a folder or a pack</source>
        <translation>Ordner oder Paket hinzufügen</translation>
    </message>
    <message>
        <source>Show the models of a folder</source>
        <translation>Die Modelle eines Ordners zeigen</translation>
    </message>
    <message>
        <source>Add from disk</source>
        <translation>Von Datenträger hinzufügen</translation>
    </message>
    <message>
        <source>Add models that are on a disk or a USB stick</source>
        <translation>Modelle hinzufügen, die auf einer Festplatte oder einem USB-Stick sind</translation>
    </message>
    <message>
        <source>Show the models in {folder}</source>
        <translation>Die Modelle in {folder} zeigen</translation>
    </message>
    <message>
        <source>Stop showing {folder}</source>
        <translation>{folder} nicht mehr zeigen</translation>
    </message>
    <message>
        <source>Add model files</source>
        <translation>Modelldateien hinzufügen</translation>
    </message>
    <message>
        <source>Copy GGUF files into the profile</source>
        <translation>GGUF-Dateien in das Profil kopieren</translation>
    </message>
    <message>
        <source>Copy the models of a folder or a pack into the profile</source>
        <translation>Die Modelle eines Ordners oder Pakets in das Profil kopieren</translation>
    </message>
    <message>
        <source>Add model files without copying</source>
        <translation>Modelldateien ohne Kopie hinzufügen</translation>
    </message>
    <message>
        <source>Give GGUF files a second name in the profile, taking no space</source>
        <translation>GGUF-Dateien im Profil einen zweiten Namen geben, der keinen Platz braucht</translation>
    </message>
    <message>
        <source>Use model files where they are</source>
        <translation>Modelldateien an ihrem Ort verwenden</translation>
    </message>
    <message>
        <source>Use GGUF files where they are, and only read them</source>
        <translation>GGUF-Dateien dort verwenden, wo sie sind, und nur lesen</translation>
    </message>
    <message>
        <source>Show the models of another folder</source>
        <translation>Die Modelle eines anderen Ordners zeigen</translation>
    </message>
    <message>
        <source>Show the models of another application&apos;s folder, only reading it</source>
        <translation>Die Modelle aus dem Ordner einer anderen Anwendung zeigen und nur lesen</translation>
    </message>
    <message>
        <source>Pack for another computer</source>
        <translation>Für einen anderen Computer packen</translation>
    </message>
    <message>
        <source>Pack the selected models for a computer without a network</source>
        <translation>Die ausgewählten Modelle für einen Computer ohne Netz packen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop adding, verifying, measuring or packing models</source>
        <translation>Hinzufügen, Prüfen, Messen oder Packen von Modellen anhalten</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Short answers on an old computer; it thinks before it answers, and makes mistakes that larger models do not.</source>
        <translation>Kurze Antworten auf einem alten Computer; es denkt nach, bevor es antwortet, und macht Fehler, die größere Modelle nicht machen.</translation>
    </message>
    <message>
        <source>Quick, simple English text on an old computer: short summaries and friendlier wording.</source>
        <translation>Schneller, einfacher englischer Text auf einem alten Computer: kurze Zusammenfassungen und freundlichere Formulierungen.</translation>
    </message>
    <message>
        <source>Google&apos;s Gemma Terms of Use: free at work, with a list of prohibited uses that binds whoever uses it.</source>
        <translation>Googles Gemma-Nutzungsbedingungen: bei der Arbeit kostenlos, mit einer Liste verbotener Verwendungen, die jeden bindet, der es verwendet.</translation>
    </message>
    <message>
        <source>Rewriting and summarising short text on an old computer, in eight languages.</source>
        <translation>Kurze Texte umschreiben und zusammenfassen, auf einem alten Computer, in acht Sprachen.</translation>
    </message>
    <message>
        <source>The Llama 3.2 Community Licence: free at work, with Meta&apos;s acceptable use policy, unless a company has more than 700 million users a month.</source>
        <translation>Die Llama 3.2 Community License: bei der Arbeit kostenlos, mit Metas Nutzungsrichtlinie, außer für Unternehmen mit mehr als 700 Millionen Nutzern im Monat.</translation>
    </message>
    <message>
        <source>Plain questions about a few pages on a computer with little memory, in German and Spanish too.</source>
        <translation>Einfache Fragen zu wenigen Seiten auf einem Computer mit wenig Speicher, auch auf Deutsch und Spanisch.</translation>
    </message>
    <message>
        <source>English letters and summaries on a computer with little memory, made from openly documented data.</source>
        <translation>Englische Briefe und Zusammenfassungen auf einem Computer mit wenig Speicher, aus offen dokumentierten Daten entstanden.</translation>
    </message>
    <message>
        <source>Step-by-step questions, tables and figures on an ordinary laptop.</source>
        <translation>Schrittweise Fragen, Tabellen und Zahlen auf einem gewöhnlichen Laptop.</translation>
    </message>
    <message>
        <source>Well-worded letters in most European languages on an ordinary laptop.</source>
        <translation>Gut formulierte Briefe in den meisten europäischen Sprachen auf einem gewöhnlichen Laptop.</translation>
    </message>
    <message>
        <source>Everyday questions and letters in eleven languages on an ordinary laptop.</source>
        <translation>Alltägliche Fragen und Briefe in elf Sprachen auf einem gewöhnlichen Laptop.</translation>
    </message>
    <message>
        <source>Harder questions on an ordinary laptop, if one can wait: it thinks before it answers.</source>
        <translation>Schwierigere Fragen auf einem gewöhnlichen Laptop, wenn man warten kann: Es denkt nach, bevor es antwortet.</translation>
    </message>
    <message>
        <source>Questions about long documents, answered at once, on an ordinary laptop.</source>
        <translation>Fragen zu langen Dokumenten, sofort beantwortet, auf einem gewöhnlichen Laptop.</translation>
    </message>
    <message>
        <source>Dependable answers and drafts on a computer with a small graphics card.</source>
        <translation>Verlässliche Antworten und Entwürfe auf einem Computer mit kleiner Grafikkarte.</translation>
    </message>
    <message>
        <source>Questions about contracts, policies and reports, in twelve languages.</source>
        <translation>Fragen zu Verträgen, Richtlinien und Berichten in zwölf Sprachen.</translation>
    </message>
    <message>
        <source>Careful drafts and long documents in eleven languages on a computer with a graphics card.</source>
        <translation>Sorgfältige Entwürfe und lange Dokumente in elf Sprachen auf einem Computer mit Grafikkarte.</translation>
    </message>
    <message>
        <source>Careful wording in German, Spanish, French and other languages, on a computer with a large graphics card.</source>
        <translation>Sorgfältige Formulierungen auf Deutsch, Spanisch, Französisch und in anderen Sprachen, auf einem Computer mit großer Grafikkarte.</translation>
    </message>
    <message>
        <source>Thorough answers to hard questions, on a computer with a large graphics card.</source>
        <translation>Gründliche Antworten auf schwierige Fragen, auf einem Computer mit großer Grafikkarte.</translation>
    </message>
    <message>
        <source>Finding passages by meaning in documents that are not in English.</source>
        <translation>Textstellen nach ihrer Bedeutung finden, in Dokumenten, die nicht englisch sind.</translation>
    </message>
    <message>
        <source>Finding passages by meaning, more surely and more slowly than the smaller one.</source>
        <translation>Textstellen nach ihrer Bedeutung finden, sicherer und langsamer als das kleinere.</translation>
    </message>
    <message>
        <source>Putting the passages that were found into a better order before they are read.</source>
        <translation>Gefundene Textstellen in eine bessere Reihenfolge bringen, bevor sie gelesen werden.</translation>
    </message>
</context>
<context>
    <name>ChangeBar</name>
    <message>
        <source>Marked</source>
        <translation>Markiert</translation>
    </message>
    <message>
        <source>Show the changes in the text</source>
        <translation>Die Änderungen im Text zeigen</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Show both texts side by side</source>
        <translation>Beide Texte nebeneinander zeigen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Show the text as Copy gives it</source>
        <translation>Den Text zeigen, wie Kopieren ihn liefert</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>Nächste Änderung</translation>
    </message>
    <message>
        <source>Previous change</source>
        <translation>Vorige Änderung</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accept the change in hand</source>
        <translation>Die aktuelle Änderung annehmen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Reject the change in hand</source>
        <translation>Die aktuelle Änderung ablehnen</translation>
    </message>
    <message>
        <source>Accept all changes</source>
        <translation>Alle Änderungen annehmen</translation>
    </message>
    <message>
        <source>Reject all changes</source>
        <translation>Alle Änderungen ablehnen</translation>
    </message>
    <message>
        <source>Undo the decision</source>
        <translation>Entscheidung zurücknehmen</translation>
    </message>
    <message>
        <source>Decide again</source>
        <translation>Neu entscheiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the rewritten text</source>
        <translation>Den umgeschriebenen Text kopieren</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Save the rewritten file</source>
        <translation>Die umgeschriebene Datei speichern</translation>
    </message>
    <message>
        <source>Views of the rewrite</source>
        <translation>Ansichten des umgeschriebenen Textes</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More to do with the changes</source>
        <translation>Mehr zu den Änderungen</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>No model is installed: answers are passages of your documents</source>
        <translation>Kein Modell ist installiert: Antworten sind Textstellen Ihrer Dokumente</translation>
    </message>
    <message>
        <source>Quotes only</source>
        <translation>Nur Zitate</translation>
    </message>
    <message>
        <source>The model that writes the answers</source>
        <translation>Das Modell, das die Antworten schreibt</translation>
    </message>
    <message>
        <source>Nothing in your documents answers this.</source>
        <translation>Nichts in Ihren Dokumenten beantwortet das.</translation>
    </message>
    <message>
        <source>The answer was not finished.</source>
        <translation>Die Antwort wurde nicht fertig.</translation>
    </message>
    <message>
        <source>This link leaves Escritoire for your browser: {address}</source>
        <translation>Dieser Link verlässt Escritoire und öffnet Ihren Browser: {address}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>ChatSearch</name>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Die Suche leeren</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>Gefundene Stellen</translation>
    </message>
    <message>
        <source>Nothing was said with these words.</source>
        <translation>Mit diesen Wörtern wurde nichts gesagt.</translation>
    </message>
    <message>
        <source>The latest {count} places; more words find fewer.</source>
        <translation>Die neuesten {count} Stellen; mehr Wörter finden weniger.</translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1 Stelle</translation>
    </message>
    <message>
        <source>{count} places</source>
        <translation>{count} Stellen</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>Sources of this answer</source>
        <translation>Quellen dieser Antwort</translation>
    </message>
    <message>
        <source>{number}  {document}, {place}</source>
        <translation>{number}  {document}, {place}</translation>
    </message>
    <message>
        <source>Source {number}: {document}, {place}</source>
        <translation>Quelle {number}: {document}, {place}</translation>
    </message>
</context>
<context>
    <name>CodePanels</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this code</source>
        <translation>Diesen Code kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>CollectionList</name>
    <message>
        <source>1 document was taken out of “{name}”. It stays in the library.</source>
        <translation>1 Dokument wurde aus „{name}“ herausgenommen. Es bleibt in der Bibliothek.</translation>
    </message>
    <message>
        <source>{count} documents were taken out of “{name}”. They stay in the library.</source>
        <translation>{count} Dokumente wurden aus „{name}“ herausgenommen. Sie bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Neue Sammlung</translation>
    </message>
    <message>
        <source>The collection “{name}” was removed. Its documents stay.</source>
        <translation>Die Sammlung „{name}“ wurde entfernt. Ihre Dokumente bleiben.</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Rename collection</source>
        <translation>Sammlung umbenennen</translation>
    </message>
    <message>
        <source>Remove collection</source>
        <translation>Sammlung entfernen</translation>
    </message>
    <message>
        <source>Remove the collection; the documents in it stay</source>
        <translation>Die Sammlung entfernen; die Dokumente darin bleiben</translation>
    </message>
</context>
<context>
    <name>CollectionsModel</name>
    <message>
        <source>{name}, documents: {count}</source>
        <translation>{name}, Dokumente: {count}</translation>
    </message>
    <message>
        <source>All documents</source>
        <translation>Alle Dokumente</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>What each document says</source>
        <translation>Was jedes Dokument sagt</translation>
    </message>
    <message>
        <source>Nothing in {name} answers this.</source>
        <translation>Nichts in {name} beantwortet das.</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>What would you like to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Your question</source>
        <translation>Ihre Frage</translation>
    </message>
    <message>
        <source>Ask your documents</source>
        <translation>Fragen Sie Ihre Dokumente</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line</source>
        <translation>Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>Computer</name>
    <message>
        <source>{cores}, {memory}, {gpus}</source>
        <translation>{cores}, {memory}, {gpus}</translation>
    </message>
    <message>
        <source>{there}: no chat model runs comfortably here</source>
        <translation>{there}: kein Chatmodell läuft hier flüssig</translation>
    </message>
    <message>
        <source>{there}: models up to {size} run comfortably</source>
        <translation>{there}: Modelle bis {size} laufen flüssig</translation>
    </message>
    <message>
        <source>{cores}, {count} of them for performance</source>
        <translation>{cores}, {count} davon für Leistung</translation>
    </message>
    <message>
        <source>{cores}; {count} threads</source>
        <translation>{cores}; {count} Threads</translation>
    </message>
    <message>
        <source>{memory}, {free} of it free</source>
        <translation>{memory}, {free} davon frei</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>Instruction sets</source>
        <translation>Befehlssätze</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>Grafikprozessor</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>keiner gefunden</translation>
    </message>
    <message>
        <source>this build of llama.cpp uses none</source>
        <translation>diese Fassung von llama.cpp verwendet keinen</translation>
    </message>
    <message>
        <source>llama-cpp-python {version} for {backends}</source>
        <translation>llama-cpp-python {version} für {backends}</translation>
    </message>
    <message>
        <source>{gpu}, {backend}; shares the computer&apos;s memory</source>
        <translation>{gpu}, {backend}; teilt den Arbeitsspeicher des Computers</translation>
    </message>
    <message>
        <source>{gpu}, {backend}; memory of its own</source>
        <translation>{gpu}, {backend}; eigener Speicher</translation>
    </message>
    <message>
        <source>{what} ({name}, {free} of {memory} free)</source>
        <translation>{what} ({name}, {free} von {memory} frei)</translation>
    </message>
    <message>
        <source>1 core</source>
        <translation>1 Kern</translation>
    </message>
    <message>
        <source>{cores} cores</source>
        <translation>{cores} Kerne</translation>
    </message>
    <message>
        <source>no GPU</source>
        <translation>kein Grafikprozessor</translation>
    </message>
    <message>
        <source>a GPU that this build does not use</source>
        <translation>ein Grafikprozessor, den diese Fassung nicht verwendet</translation>
    </message>
    <message>
        <source>{count} GPUs</source>
        <translation>{count} Grafikprozessoren</translation>
    </message>
    <message>
        <source>GPU with {memory}</source>
        <translation>Grafikprozessor mit {memory}</translation>
    </message>
</context>
<context>
    <name>ConnectionsCard</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>The one thing that Escritoire connects for is a model that you search for or fetch. Documents, questions and answers never leave this computer; there is no telemetry, no crash report and no check for updates.</source>
        <translation>Das Einzige, wofür Escritoire sich verbindet, ist ein Modell, das Sie suchen oder laden. Dokumente, Fragen und Antworten verlassen diesen Computer nie; es gibt keine Telemetrie, keine Absturzberichte und keine Suche nach Aktualisierungen.</translation>
    </message>
    <message>
        <source>Offline: ask nobody for anything</source>
        <translation>Offline: bei niemandem etwas anfragen</translation>
    </message>
    <message>
        <source>Switch offline on or off</source>
        <translation>Offline ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Hub, or an internal mirror</source>
        <translation>Hub oder interner Spiegel</translation>
    </message>
    <message>
        <source>The usual one is {address}</source>
        <translation>Üblich ist {address}</translation>
    </message>
    <message>
        <source>Further allowed hosts</source>
        <translation>Weitere erlaubte Rechner</translation>
    </message>
    <message>
        <source>Separated by commas; .example.org stands for all below it</source>
        <translation>Durch Kommas getrennt; .example.org steht für alle darunter</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Apply the hub&apos;s address and the allowed hosts</source>
        <translation>Die Adresse des Hubs und die erlaubten Rechner übernehmen</translation>
    </message>
    <message>
        <source>Models come from {address} now.</source>
        <translation>Modelle kommen jetzt von {address}.</translation>
    </message>
</context>
<context>
    <name>ContextCare</name>
    <message>
        <source>Goes on: {title}</source>
        <translation>Fortsetzung: {title}</translation>
    </message>
</context>
<context>
    <name>ContextStrip</name>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Leave the oldest out</source>
        <translation>Die ältesten weglassen</translation>
    </message>
    <message>
        <source>Summarise the oldest</source>
        <translation>Die ältesten zusammenfassen</translation>
    </message>
    <message>
        <source>New chat with a summary</source>
        <translation>Neuer Chat mit Zusammenfassung</translation>
    </message>
    <message>
        <source>Choose again</source>
        <translation>Neu wählen</translation>
    </message>
    <message>
        <source>Show the summary</source>
        <translation>Die Zusammenfassung zeigen</translation>
    </message>
    <message>
        <source>Stop summarising</source>
        <translation>Zusammenfassen anhalten</translation>
    </message>
    <message>
        <source>The model is summarising the oldest questions of this chat.</source>
        <translation>Das Modell fasst die ältesten Fragen dieses Chats zusammen.</translation>
    </message>
</context>
<context>
    <name>ConversationGroups</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Hier werden Ihre Chats aufgeführt.</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>The chat “{title}” is in the archive.</source>
        <translation>Der Chat „{title}“ ist im Archiv.</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title} (Kopie)</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Name of the new folder</source>
        <translation>Name des neuen Ordners</translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation>Chat umbenennen</translation>
    </message>
    <message>
        <source>Pin chat or unpin it</source>
        <translation>Chat anheften oder lösen</translation>
    </message>
    <message>
        <source>Move chat to a folder</source>
        <translation>Chat in einen Ordner verschieben</translation>
    </message>
    <message>
        <source>Duplicate chat</source>
        <translation>Chat duplizieren</translation>
    </message>
    <message>
        <source>Archive chat or bring it back</source>
        <translation>Chat archivieren oder zurückholen</translation>
    </message>
    <message>
        <source>Remove chat</source>
        <translation>Chat entfernen</translation>
    </message>
    <message>
        <source>The chat “{title}” was removed.</source>
        <translation>Der Chat „{title}“ wurde entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Ask your documents</source>
        <translation>Fragen Sie Ihre Dokumente</translation>
    </message>
    <message>
        <source>Drop a document on the window, then ask about it. Each answer shows the passages it rests on. Nothing leaves this computer.</source>
        <translation>Ziehen Sie ein Dokument auf das Fenster und stellen Sie eine Frage dazu. Jede Antwort zeigt die Textstellen, auf denen sie beruht. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Open Documents</source>
        <translation>Dokumente öffnen</translation>
    </message>
    <message>
        <source>Add documents or see what was added</source>
        <translation>Dokumente hinzufügen oder sehen, was hinzugefügt wurde</translation>
    </message>
</context>
<context>
    <name>ConversationsModel</name>
    <message>
        <source>Chat without a title</source>
        <translation>Chat ohne Titel</translation>
    </message>
    <message>
        <source>Chat: {title}</source>
        <translation>Chat: {title}</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Details of this answer</source>
        <translation>Einzelheiten dieser Antwort</translation>
    </message>
</context>
<context>
    <name>DocumentActions</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{name} was removed. Its file is untouched.</source>
        <translation>{name} wurde entfernt. Die Datei selbst bleibt unberührt.</translation>
    </message>
    <message>
        <source>{count} documents were removed. Their files are untouched.</source>
        <translation>{count} Dokumente wurden entfernt. Ihre Dateien bleiben unberührt.</translation>
    </message>
    <message>
        <source>Removed for good, with text, words and vectors: {count}.</source>
        <translation>Endgültig entfernt, mit Text, Wörtern und Vektoren: {count}.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop reading the selected documents</source>
        <translation>Das Lesen der ausgewählten Dokumente anhalten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Read the selected documents again</source>
        <translation>Die ausgewählten Dokumente noch einmal lesen</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Read the selected scans again, in the script that is set now</source>
        <translation>Die ausgewählten Scans in der jetzt eingestellten Schrift neu lesen</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>Passwort eingeben</translation>
    </message>
    <message>
        <source>Enter the password of the selected document</source>
        <translation>Das Passwort des ausgewählten Dokuments eingeben</translation>
    </message>
    <message>
        <source>Put into</source>
        <translation>Einordnen</translation>
    </message>
    <message>
        <source>Put the selected documents into another collection as well</source>
        <translation>Die ausgewählten Dokumente auch in eine andere Sammlung aufnehmen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take the selected documents out of this collection; they stay in the library</source>
        <translation>Die ausgewählten Dokumente aus dieser Sammlung herausnehmen; sie bleiben in der Bibliothek</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Put the selected removed documents back</source>
        <translation>Die ausgewählten entfernten Dokumente zurückholen</translation>
    </message>
    <message>
        <source>Remove for good</source>
        <translation>Endgültig entfernen</translation>
    </message>
    <message>
        <source>Take text, words and vectors of the selected documents away for good</source>
        <translation>Text, Wörter und Vektoren der ausgewählten Dokumente endgültig löschen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the selected documents; can be undone until the window closes</source>
        <translation>Die ausgewählten Dokumente entfernen; lässt sich rückgängig machen, bis das Fenster geschlossen wird</translation>
    </message>
</context>
<context>
    <name>DocumentAsking</name>
    <message>
        <source>In short</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Summarise the selected document in one paragraph</source>
        <translation>Das ausgewählte Dokument in einem Absatz zusammenfassen</translation>
    </message>
    <message>
        <source>In a few paragraphs</source>
        <translation>In einigen Absätzen</translation>
    </message>
    <message>
        <source>Summarise the selected document in a few paragraphs</source>
        <translation>Das ausgewählte Dokument in einigen Absätzen zusammenfassen</translation>
    </message>
    <message>
        <source>At length</source>
        <translation>Ausführlich</translation>
    </message>
    <message>
        <source>Summarise the selected document at length</source>
        <translation>Das ausgewählte Dokument ausführlich zusammenfassen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Ask what each of the two selected documents says</source>
        <translation>Fragen, was jedes der beiden ausgewählten Dokumente sagt</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Summarise the selected document</source>
        <translation>Das ausgewählte Dokument zusammenfassen</translation>
    </message>
</context>
<context>
    <name>DocumentCard</name>
    <message>
        <source>{count} documents</source>
        <translation>{count} Dokumente</translation>
    </message>
    <message>
        <source>Password of this document</source>
        <translation>Passwort dieses Dokuments</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Read the document with this password (Enter)</source>
        <translation>Das Dokument mit diesem Passwort lesen (Eingabe)</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>That password does not open it</source>
        <translation>Dieses Passwort öffnet es nicht</translation>
    </message>
    <message>
        <source>Needs its password</source>
        <translation>Braucht sein Passwort</translation>
    </message>
    <message>
        <source>Stopped, {done} of {pages} pages can be searched</source>
        <translation>Angehalten, {done} von {pages} Seiten sind durchsuchbar</translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation>Fehlgeschlagen: {why}</translation>
    </message>
    <message>
        <source>{line}. Its file is gone, what was read stays</source>
        <translation>{line}. Die Datei ist weg, das Gelesene bleibt</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wird geöffnet</translation>
    </message>
    <message>
        <source>Reading, {done} of {pages} pages</source>
        <translation>Wird gelesen, {done} von {pages} Seiten</translation>
    </message>
    <message>
        <source>Indexing, {done} of {pages} pages</source>
        <translation>Wird erschlossen, {done} von {pages} Seiten</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch ein paar Sekunden</translation>
    </message>
    <message>
        <source>about 1 min left</source>
        <translation>noch etwa 1 min</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>noch etwa {minutes} min</translation>
    </message>
    <message>
        <source>about {hours} h left</source>
        <translation>noch etwa {hours} h</translation>
    </message>
    <message>
        <source>Ready, 1 page</source>
        <translation>Bereit, 1 Seite</translation>
    </message>
    <message>
        <source>Ready, {pages} pages</source>
        <translation>Bereit, {pages} Seiten</translation>
    </message>
    <message>
        <source>{line}, {unsure} hard to read</source>
        <translation>{line}, {unsure} schwer lesbar</translation>
    </message>
    <message>
        <source>No text found: {pages} pages</source>
        <translation>Kein Text gefunden: {pages} Seiten</translation>
    </message>
    <message>
        <source>{line}, {without} without text</source>
        <translation>{line}, {without} ohne Text</translation>
    </message>
    <message>
        <source>PDF documents</source>
        <translation>PDF-Dokumente</translation>
    </message>
    <message>
        <source>Word documents</source>
        <translation>Word-Dokumente</translation>
    </message>
    <message>
        <source>Spreadsheets</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Presentations</source>
        <translation>Präsentationen</translation>
    </message>
    <message>
        <source>OpenDocument files</source>
        <translation>OpenDocument-Dateien</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>Webseiten</translation>
    </message>
    <message>
        <source>E-books</source>
        <translation>E-Books</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>E-Mails</translation>
    </message>
    <message>
        <source>Scans</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>Exports of wikis</source>
        <translation>Exporte von Wikis</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Opening documents</source>
        <translation>Dokumente werden geöffnet</translation>
    </message>
    <message>
        <source>{line} in {count} documents</source>
        <translation>{line} in {count} Dokumenten</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>{first} One more file was not added.</source>
        <translation>{first} Eine weitere Datei wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>{first} {more} more files were not added.</source>
        <translation>{first} {more} weitere Dateien wurden nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Report what cannot be found here, what is here twice, what is older</source>
        <translation>Berichten, was hier nicht zu finden, was doppelt und was älter ist</translation>
    </message>
    <message>
        <source>What was removed can be put back until the program closes, or until it is removed for good. Files are left alone; backups keep it until they are replaced.</source>
        <translation>Was entfernt wurde, lässt sich zurückholen, bis das Programm geschlossen oder es endgültig entfernt wird. Dateien bleiben unberührt; Sicherungen behalten es, bis sie ersetzt werden.</translation>
    </message>
    <message>
        <source>Nothing in this collection</source>
        <translation>Nichts in dieser Sammlung</translation>
    </message>
    <message>
        <source>Drop files on it, add them here, or drag documents to it from the list of all documents. A document can be in several collections.</source>
        <translation>Ziehen Sie Dateien auf die Sammlung, fügen Sie sie hier hinzu, oder ziehen Sie Dokumente aus der Liste aller Dokumente dorthin. Ein Dokument kann in mehreren Sammlungen sein.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Noch keine Dokumente</translation>
    </message>
    <message>
        <source>Drop files or folders anywhere on this window, or add them here: PDF, Word, Excel, PowerPoint, OpenDocument, mail, web pages, scans and exports of wikis. They are read on this computer and stay where they are.</source>
        <translation>Ziehen Sie Dateien oder Ordner irgendwo auf dieses Fenster, oder fügen Sie sie hier hinzu: PDF, Word, Excel, PowerPoint, OpenDocument, E-Mails, Webseiten, Scans und Exporte von Wikis. Sie werden auf diesem Computer gelesen und bleiben, wo sie sind.</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>{done} of {size}</source>
        <translation>{done} von {size}</translation>
    </message>
    <message>
        <source>Waiting, {amounts}</source>
        <translation>Wartet, {amounts}</translation>
    </message>
    <message>
        <source>Paused, {amounts}</source>
        <translation>Unterbrochen, {amounts}</translation>
    </message>
    <message>
        <source>Verifying its hash</source>
        <translation>Der Hash wird geprüft</translation>
    </message>
    <message>
        <source>Failed: {why}</source>
        <translation>Fehlgeschlagen: {why}</translation>
    </message>
    <message>
        <source>Fetching, {amounts}</source>
        <translation>Wird geladen, {amounts}</translation>
    </message>
    <message>
        <source>{line}, {speed} a second, {left}</source>
        <translation>{line}, {speed} pro Sekunde, {left}</translation>
    </message>
</context>
<context>
    <name>DownloadsView</name>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>none stated</source>
        <translation>keine angegeben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Unterbrechen</translation>
    </message>
    <message>
        <source>Pause the selected download; what is there stays</source>
        <translation>Den ausgewählten Download unterbrechen; was da ist, bleibt</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on with the selected download where it stopped</source>
        <translation>Den ausgewählten Download fortsetzen, wo er aufgehört hat</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Forget the selected download, and remove what is there of it</source>
        <translation>Den ausgewählten Download vergessen und entfernen, was davon da ist</translation>
    </message>
    <message>
        <source>Nothing is being fetched</source>
        <translation>Nichts wird geladen</translation>
    </message>
    <message>
        <source>Find a model and press Download. It comes here with its progress, can be paused, and moves to Installed once its hash is right.</source>
        <translation>Suchen Sie ein Modell und drücken Sie Herunterladen. Es erscheint hier mit seinem Fortschritt, lässt sich unterbrechen und kommt zu den installierten, sobald sein Hash stimmt.</translation>
    </message>
</context>
<context>
    <name>DraftText</name>
    <message>
        <source>Rewritten text</source>
        <translation>Umgeschriebener Text</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to add to your models</source>
        <translation>Loslassen, um es zu Ihren Modellen hinzuzufügen</translation>
    </message>
    <message>
        <source>Drop to add to your documents</source>
        <translation>Loslassen, um es zu Ihren Dokumenten hinzuzufügen</translation>
    </message>
</context>
<context>
    <name>EditingStrip</name>
    <message>
        <source>Another version of an earlier question. The old one is kept beside it.</source>
        <translation>Eine andere Fassung einer früheren Frage. Die alte bleibt daneben erhalten.</translation>
    </message>
    <message>
        <source>Leave the question as it is</source>
        <translation>Die Frage lassen, wie sie ist</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Sampling</source>
        <translation>Auswahl der Token</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
</context>
<context>
    <name>ExportingChats</name>
    <message>
        <source>Export chat</source>
        <translation>Chat exportieren</translation>
    </message>
    <message>
        <source>Export this chat with its sources</source>
        <translation>Diesen Chat mit seinen Quellen exportieren</translation>
    </message>
    <message>
        <source>Export chat with pages</source>
        <translation>Chat mit Seiten exportieren</translation>
    </message>
    <message>
        <source>Export this chat with images of the pages that it cites</source>
        <translation>Diesen Chat mit Bildern der zitierten Seiten exportieren</translation>
    </message>
    <message>
        <source>Word document</source>
        <translation>Word-Dokument</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>Den Chat exportieren</translation>
    </message>
    <message>
        <source>Export the answer</source>
        <translation>Die Antwort exportieren</translation>
    </message>
    <message>
        <source>Exporting to {file}</source>
        <translation>Export nach {file}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Exported to {file}.</source>
        <translation>Nach {file} exportiert.</translation>
    </message>
    <message>
        <source>Pages without an image, because the original was moved or changed or has none: {count}.</source>
        <translation>Seiten ohne Bild, weil das Original verschoben oder geändert wurde oder keines hat: {count}.</translation>
    </message>
</context>
<context>
    <name>FactStrip</name>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Confirm that this fact may differ</source>
        <translation>Bestätigen, dass diese Angabe abweichen darf</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Reject the change that this fact comes from</source>
        <translation>Die Änderung ablehnen, aus der diese Angabe stammt</translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message>
        <source>Your desk cannot be opened</source>
        <translation>Ihr Schreibtisch lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Anderen Ordner wählen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Choose a folder for the profile</source>
        <translation>Ordner für das Profil wählen</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} Token/s</translation>
    </message>
</context>
<context>
    <name>FileStrip</name>
    <message>
        <source>Close file</source>
        <translation>Datei schließen</translation>
    </message>
    <message>
        <source>Close the file that is rewritten; its text stays</source>
        <translation>Die Datei schließen, die umgeschrieben wird; ihr Text bleibt</translation>
    </message>
</context>
<context>
    <name>FindView</name>
    <message>
        <source>Models to fetch</source>
        <translation>Modelle zum Laden</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message>
        <source>Wait for no answer of the hub any more</source>
        <translation>Auf keine Antwort des Hubs mehr warten</translation>
    </message>
    <message>
        <source>Asking {host}</source>
        <translation>{host} wird gefragt</translation>
    </message>
    <message>
        <source>The hub has no GGUF repository named like “{text}”. Try fewer or other words.</source>
        <translation>Der Hub hat kein GGUF-Repository mit einem Namen wie „{text}“. Versuchen Sie weniger oder andere Wörter.</translation>
    </message>
    <message>
        <source>1 repository. Press Enter on it to see its models.</source>
        <translation>1 Repository. Drücken Sie darauf die Eingabetaste, um seine Modelle zu sehen.</translation>
    </message>
    <message>
        <source>{count} repositories, the most fetched first. Press Enter on one to see its models.</source>
        <translation>{count} Repositorys, die am häufigsten geladenen zuerst. Drücken Sie auf einem die Eingabetaste, um seine Modelle zu sehen.</translation>
    </message>
</context>
<context>
    <name>FolderBar</name>
    <message>
        <source>Choose which chats are listed</source>
        <translation>Wählen, welche Chats aufgeführt werden</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>Alle Chats</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>Ordner umbenennen</translation>
    </message>
    <message>
        <source>Remove folder, keep its chats</source>
        <translation>Ordner entfernen, seine Chats behalten</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>Name des Ordners</translation>
    </message>
    <message>
        <source>Chats listed: {which}</source>
        <translation>Aufgeführte Chats: {which}</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Unterbrechen</translation>
    </message>
    <message>
        <source>Go on with {name}</source>
        <translation>Mit {name} weitermachen</translation>
    </message>
    <message>
        <source>Pause {name}</source>
        <translation>{name} unterbrechen</translation>
    </message>
    <message>
        <source>More for {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Remove the documents whose files are gone ({count})</source>
        <translation>Dokumente entfernen, deren Dateien weg sind ({count})</translation>
    </message>
    <message>
        <source>Remove the documents whose files are gone</source>
        <translation>Dokumente entfernen, deren Dateien weg sind</translation>
    </message>
    <message>
        <source>Look through it now</source>
        <translation>Jetzt durchsehen</translation>
    </message>
    <message>
        <source>Watch it no longer</source>
        <translation>Nicht mehr beobachten</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Waiting to be looked through</source>
        <translation>Wartet aufs Durchsehen</translation>
    </message>
    <message>
        <source>Looking through it, {files} files so far</source>
        <translation>Wird durchgesehen, bisher {files} Dateien</translation>
    </message>
    <message>
        <source>Looking through it</source>
        <translation>Wird durchgesehen</translation>
    </message>
    <message>
        <source>Paused, {documents}</source>
        <translation>Unterbrochen, {documents}</translation>
    </message>
    <message>
        <source>Not there now; what was read of {documents} can be searched</source>
        <translation>Zurzeit nicht da; was aus {documents} gelesen wurde, ist durchsuchbar</translation>
    </message>
    <message>
        <source>the file of 1 is gone, its text stays</source>
        <translation>von 1 ist die Datei weg, sein Text bleibt</translation>
    </message>
    <message>
        <source>the files of {gone} are gone, their text stays</source>
        <translation>von {gone} sind die Dateien weg, ihr Text bleibt</translation>
    </message>
    <message>
        <source>{count} that you removed left out</source>
        <translation>{count} von Ihnen entfernte ausgelassen</translation>
    </message>
    <message>
        <source>{name} may not be read ({why})</source>
        <translation>{name} darf nicht gelesen werden ({why})</translation>
    </message>
    <message>
        <source>{line}, nor {more} more</source>
        <translation>{line}, ebenso {more} weitere</translation>
    </message>
    <message>
        <source>changes are noticed</source>
        <translation>Änderungen werden bemerkt</translation>
    </message>
    <message>
        <source>looked through every few minutes, last at {time}</source>
        <translation>wird alle paar Minuten durchgesehen, zuletzt um {time}</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>{count} documents</source>
        <translation>{count} Dokumente</translation>
    </message>
</context>
<context>
    <name>FoldersCard</name>
    <message>
        <source>Watched folders</source>
        <translation>Beobachtete Ordner</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner beobachten</translation>
    </message>
    <message>
        <source>Watch a folder: what is new or changed in it is read by itself</source>
        <translation>Einen Ordner beobachten: Was darin neu oder geändert ist, wird von selbst gelesen</translation>
    </message>
    <message>
        <source>Look through the watched folders</source>
        <translation>Die beobachteten Ordner durchsehen</translation>
    </message>
    <message>
        <source>The documents in {name} were added as they are now.</source>
        <translation>Die Dokumente in {name} wurden hinzugefügt, wie sie jetzt sind.</translation>
    </message>
    <message>
        <source>The documents in {count} folders were added as they are now.</source>
        <translation>Die Dokumente in {count} Ordnern wurden hinzugefügt, wie sie jetzt sind.</translation>
    </message>
    <message>
        <source>Watch for changes</source>
        <translation>Auf Änderungen achten</translation>
    </message>
    <message>
        <source>1 document whose file is gone was removed.</source>
        <translation>1 Dokument, dessen Datei weg ist, wurde entfernt.</translation>
    </message>
    <message>
        <source>{count} documents whose files are gone were removed.</source>
        <translation>{count} Dokumente, deren Dateien weg sind, wurden entfernt.</translation>
    </message>
    <message>
        <source>{name} is watched no longer. Its documents stay.</source>
        <translation>{name} wird nicht mehr beobachtet. Die Dokumente daraus bleiben.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>FoundModel</name>
    <message>
        <source>{title}, {day}: {text}</source>
        <translation>{title}, {day}: {text}</translation>
    </message>
</context>
<context>
    <name>FromAnywhere</name>
    <message>
        <source>Nothing is selected. Type or paste a text here.</source>
        <translation>Nichts ist markiert. Tippen Sie hier einen Text, oder fügen Sie einen ein.</translation>
    </message>
    <message>
        <source>There is no text on the clipboard. Type or paste one here.</source>
        <translation>In der Zwischenablage ist kein Text. Tippen Sie hier einen, oder fügen Sie einen ein.</translation>
    </message>
    <message>
        <source>macOS lets Escritoire copy and paste in other programs once you allow it: System Settings, Privacy and Security, Accessibility. This was on the clipboard.</source>
        <translation>macOS lässt Escritoire in anderen Programmen kopieren und einfügen, sobald Sie es erlauben: Systemeinstellungen, Datenschutz &amp; Sicherheit, Bedienungshilfen. Das war in der Zwischenablage.</translation>
    </message>
    <message>
        <source>This system gives no program what is selected: this was on the clipboard.</source>
        <translation>Dieses System gibt keinem Programm, was markiert ist: Das war in der Zwischenablage.</translation>
    </message>
    <message>
        <source>No program may type into another here: copy the result and paste it.</source>
        <translation>Hier darf kein Programm in ein anderes tippen: Kopieren Sie das Ergebnis und fügen Sie es ein.</translation>
    </message>
    <message>
        <source>A password manager&apos;s secret is on the clipboard. It is not read, so Replace cannot put it back afterwards and clears it.</source>
        <translation>In der Zwischenablage ist das Geheimnis eines Passwortmanagers. Es wird nicht gelesen, deshalb kann Ersetzen es danach nicht zurücklegen und leert sie.</translation>
    </message>
    <message>
        <source>A password manager marked it as secret, so it was not read.</source>
        <translation>Ein Passwortmanager hat es als geheim gekennzeichnet, deshalb wurde es nicht gelesen.</translation>
    </message>
    <message>
        <source>It could not be pasted there. The result is on the clipboard.</source>
        <translation>Dort ließ es sich nicht einfügen. Das Ergebnis ist in der Zwischenablage.</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Earlier rewrites</source>
        <translation>Frühere Umschreibungen</translation>
    </message>
    <message>
        <source>Keep nothing from now on</source>
        <translation>Von jetzt an nichts behalten</translation>
    </message>
    <message>
        <source>Rewrites leave no trace; those listed here stay</source>
        <translation>Umschreibungen hinterlassen keine Spur; die hier aufgeführten bleiben</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the rewrite from the history</source>
        <translation>Die Umschreibung aus dem Verlauf entfernen</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>Alle vergessen</translation>
    </message>
    <message>
        <source>Forget all earlier rewrites</source>
        <translation>Alle früheren Umschreibungen vergessen</translation>
    </message>
    <message>
        <source>The rewrite was removed.</source>
        <translation>Die Umschreibung wurde entfernt.</translation>
    </message>
    <message>
        <source>{count} rewrites were forgotten.</source>
        <translation>{count} Umschreibungen wurden vergessen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>No earlier rewrites</source>
        <translation>Keine früheren Umschreibungen</translation>
    </message>
    <message>
        <source>What you rewrite is listed here, on this computer alone, until you remove it.</source>
        <translation>Was Sie umschreiben, steht hier, nur auf diesem Computer, bis Sie es entfernen.</translation>
    </message>
</context>
<context>
    <name>HubSearch</name>
    <message>
        <source>Search the hub for models</source>
        <translation>Den Hub nach Modellen durchsuchen</translation>
    </message>
    <message>
        <source>Search the hub, for example: mistral german</source>
        <translation>Im Hub suchen, zum Beispiel: mistral german</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Ask the hub for these words (Enter)</source>
        <translation>Den Hub nach diesen Wörtern fragen (Eingabe)</translation>
    </message>
    <message>
        <source>Offline is switched on in Settings, so nobody is asked. The catalogue below came with Escritoire.</source>
        <translation>In den Einstellungen ist Offline eingeschaltet, deshalb wird niemand gefragt. Der Katalog unten kam mit Escritoire.</translation>
    </message>
    <message>
        <source>The catalogue below came with Escritoire. Nothing is asked while you type: {host} is asked when you press Enter.</source>
        <translation>Der Katalog unten kam mit Escritoire. Beim Tippen wird nichts angefragt: {host} wird gefragt, wenn Sie die Eingabetaste drücken.</translation>
    </message>
</context>
<context>
    <name>ImportingChats</name>
    <message>
        <source>Import chats</source>
        <translation>Chats importieren</translation>
    </message>
    <message>
        <source>Import chats that ChatGPT, Open WebUI or Escritoire exported</source>
        <translation>Chats importieren, die ChatGPT, Open WebUI oder Escritoire exportiert hat</translation>
    </message>
    <message>
        <source>Importing {file}</source>
        <translation>{file} wird importiert</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Chats taken in: {count}.</source>
        <translation>Übernommene Chats: {count}.</translation>
    </message>
    <message>
        <source>Here already: {count}.</source>
        <translation>Schon hier: {count}.</translation>
    </message>
    <message>
        <source>Left out, because they cannot be read or say nothing: {count}.</source>
        <translation>Ausgelassen, weil sie nicht lesbar sind oder nichts sagen: {count}.</translation>
    </message>
</context>
<context>
    <name>Installed</name>
    <message>
        <source>Removed: {size} is freed when Escritoire is closed</source>
        <translation>Entfernt: {size} werden frei, wenn Escritoire geschlossen wird</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Context window</source>
        <translation>Kontextfenster</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Aufbewahrt</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>Hash</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>writes {decode}, reads {prefill}, loads in {seconds} s, takes {memory}, with {threads} threads; measured on {date}</source>
        <translation>schreibt {decode}, liest {prefill}, lädt in {seconds} s, braucht {memory}, mit {threads} Threads; gemessen am {date}</translation>
    </message>
    <message>
        <source>not verified yet; it is before the model is used</source>
        <translation>noch nicht geprüft; das geschieht, bevor das Modell verwendet wird</translation>
    </message>
    <message>
        <source>verified on {date}</source>
        <translation>geprüft am {date}</translation>
    </message>
    <message>
        <source>hash verified on {date}</source>
        <translation>Hash geprüft am {date}</translation>
    </message>
    <message>
        <source>hash not verified yet</source>
        <translation>Hash noch nicht geprüft</translation>
    </message>
    <message>
        <source>{speed} measured here</source>
        <translation>{speed} hier gemessen</translation>
    </message>
    <message>
        <source>not measured here</source>
        <translation>hier nicht gemessen</translation>
    </message>
    <message>
        <source>writes answers</source>
        <translation>schreibt Antworten</translation>
    </message>
    <message>
        <source>finds passages by their meaning</source>
        <translation>findet Textstellen nach ihrer Bedeutung</translation>
    </message>
    <message>
        <source>puts passages in order</source>
        <translation>ordnet Textstellen</translation>
    </message>
    <message>
        <source>adapts another model</source>
        <translation>passt ein anderes Modell an</translation>
    </message>
    <message>
        <source>came with Escritoire, is not removed</source>
        <translation>kam mit Escritoire, wird nicht entfernt</translation>
    </message>
    <message>
        <source>in your profile</source>
        <translation>in Ihrem Profil</translation>
    </message>
    <message>
        <source>in its own place, only read</source>
        <translation>an seinem eigenen Ort, nur gelesen</translation>
    </message>
</context>
<context>
    <name>InstalledView</name>
    <message>
        <source>Installed models</source>
        <translation>Installierte Modelle</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>Noch keine Modelle</translation>
    </message>
    <message>
        <source>Drop a GGUF file anywhere on this window, add one from disk, or find one that runs well here. Until then, answers quote your documents word for word.</source>
        <translation>Ziehen Sie eine GGUF-Datei irgendwo auf dieses Fenster, fügen Sie eine von einem Datenträger hinzu, oder suchen Sie eine, die hier gut läuft. Bis dahin zitieren Antworten Ihre Dokumente Wort für Wort.</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} Modelle</translation>
    </message>
</context>
<context>
    <name>Ledger</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Wofür</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
</context>
<context>
    <name>LedgerCard</name>
    <message>
        <source>Ledger</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>Als CSV exportieren</translation>
    </message>
    <message>
        <source>Export the ledger of requests as CSV</source>
        <translation>Das Protokoll der Anfragen als CSV exportieren</translation>
    </message>
    <message>
        <source>Export the ledger</source>
        <translation>Das Protokoll exportieren</translation>
    </message>
    <message>
        <source>{count} requests were written to {path}.</source>
        <translation>{count} Anfragen wurden nach {path} geschrieben.</translation>
    </message>
    <message>
        <source>Every request that left this computer, and every one that was refused before it could, the newest first. A path is shown without its query.</source>
        <translation>Jede Anfrage, die diesen Computer verlassen hat, und jede, die vorher abgelehnt wurde, die neueste zuerst. Ein Pfad wird ohne seine Abfrage gezeigt.</translation>
    </message>
    <message>
        <source>No request has left this computer.</source>
        <translation>Keine Anfrage hat diesen Computer verlassen.</translation>
    </message>
    <message>
        <source>Requests that left this computer</source>
        <translation>Anfragen, die diesen Computer verlassen haben</translation>
    </message>
</context>
<context>
    <name>LicenceText</name>
    <message>
        <source>Licence text</source>
        <translation>Lizenztext</translation>
    </message>
    <message>
        <source>Show the text of the licence</source>
        <translation>Den Text der Lizenz zeigen</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>Quit Escritoire</source>
        <translation>Escritoire beenden</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Opening your desk</source>
        <translation>Ihr Schreibtisch wird geöffnet</translation>
    </message>
</context>
<context>
    <name>ModeButton</name>
    <message>
        <source>Answer the question</source>
        <translation>Die Frage beantworten</translation>
    </message>
    <message>
        <source>Let the model answer from the passages that are found</source>
        <translation>Das Modell aus den gefundenen Textstellen antworten lassen</translation>
    </message>
    <message>
        <source>Quote the passages</source>
        <translation>Die Textstellen zitieren</translation>
    </message>
    <message>
        <source>Show the passages that are found, word for word, without a model</source>
        <translation>Die gefundenen Textstellen Wort für Wort zeigen, ohne Modell</translation>
    </message>
    <message>
        <source>Summarise what is found</source>
        <translation>Das Gefundene zusammenfassen</translation>
    </message>
    <message>
        <source>Let the model summarise the passages that are found, and say no more</source>
        <translation>Das Modell die gefundenen Textstellen zusammenfassen lassen, und nicht mehr</translation>
    </message>
    <message>
        <source>Compare two documents</source>
        <translation>Zwei Dokumente vergleichen</translation>
    </message>
    <message>
        <source>Let each of two chosen documents answer by itself, side by side</source>
        <translation>Jedes von zwei gewählten Dokumenten für sich antworten lassen, nebeneinander</translation>
    </message>
    <message>
        <source>Choose what is made of the passages that are found</source>
        <translation>Wählen, was aus den gefundenen Textstellen wird</translation>
    </message>
    <message>
        <source>What a question gets: {which}</source>
        <translation>Was eine Frage bekommt: {which}</translation>
    </message>
</context>
<context>
    <name>ModelJobs</name>
    <message>
        <source>{doing}, {done} of {total}</source>
        <translation>{doing}, {done} von {total}</translation>
    </message>
    <message>
        <source>{doing}, {percent} %</source>
        <translation>{doing}, {percent} %</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Downloads ({count})</source>
        <translation>Downloads ({count})</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>Installiert</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Models: {view}</source>
        <translation>Modelle: {view}</translation>
    </message>
    <message>
        <source>Views of models</source>
        <translation>Ansichten der Modelle</translation>
    </message>
</context>
<context>
    <name>NewerVersions</name>
    <message>
        <source>Look for newer versions</source>
        <translation>Nach neueren Versionen sehen</translation>
    </message>
    <message>
        <source>Ask the hub whether it has the selected models in a newer version</source>
        <translation>Den Hub fragen, ob er die ausgewählten Modelle in einer neueren Version hat</translation>
    </message>
    <message>
        <source>{name} is as {repository} has it now.</source>
        <translation>{name} ist so, wie {repository} es jetzt hat.</translation>
    </message>
    <message>
        <source>{repository} has a newer version of {name}. The one that is here stays.</source>
        <translation>{repository} hat eine neuere Version von {name}. Die hiesige bleibt.</translation>
    </message>
    <message>
        <source>Fetch it, too</source>
        <translation>Auch diese laden</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>Escritoire made a mistake of its own ({kind}). Nothing that was saved is lost; try again.</source>
        <translation>Escritoire hat selbst einen Fehler gemacht ({kind}). Nichts Gespeichertes ist verloren; versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>OfferActions</name>
    <message>
        <source>Hide its models</source>
        <translation>Seine Modelle ausblenden</translation>
    </message>
    <message>
        <source>Show its models</source>
        <translation>Seine Modelle zeigen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Fetch the selected model from the hub</source>
        <translation>Das ausgewählte Modell vom Hub laden</translation>
    </message>
    <message>
        <source>Check whether it fits</source>
        <translation>Prüfen, ob es passt</translation>
    </message>
    <message>
        <source>Ask the hub for the head of the selected model, and judge it</source>
        <translation>Den Hub nach dem Kopf des ausgewählten Modells fragen und es beurteilen</translation>
    </message>
    <message>
        <source>Ask the hub which models the selected repository has</source>
        <translation>Den Hub fragen, welche Modelle das ausgewählte Repository hat</translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>about {size}</source>
        <translation>etwa {size}</translation>
    </message>
    <message>
        <source>recommended for this computer</source>
        <translation>für diesen Computer empfohlen</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>{count} Dateien</translation>
    </message>
    <message>
        <source>no licence stated</source>
        <translation>keine Lizenz angegeben</translation>
    </message>
    <message>
        <source>fetched {count} times</source>
        <translation>{count}-mal geladen</translation>
    </message>
    <message>
        <source>gated: its licence has to be accepted first</source>
        <translation>beschränkt: Seine Lizenz muss erst angenommen werden</translation>
    </message>
    <message>
        <source>There is no GGUF in it that could be used</source>
        <translation>Darin ist keine GGUF-Datei, die sich verwenden ließe</translation>
    </message>
    <message>
        <source>By its size it runs comfortably here. Nothing was asked of the hub for that.</source>
        <translation>Seiner Größe nach läuft es hier flüssig. Dafür wurde der Hub nichts gefragt.</translation>
    </message>
    <message>
        <source>By its size it is slow here, or does not fit. Nothing was asked of the hub for that.</source>
        <translation>Seiner Größe nach ist es hier langsam oder passt nicht. Dafür wurde der Hub nichts gefragt.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Gut für</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Sprachen</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Context window</source>
        <translation>Kontextfenster</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>none stated</source>
        <translation>keine angegeben</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>accept the licence on the hub&apos;s page, and enter an access token in Settings</source>
        <translation>nehmen Sie die Lizenz auf der Seite des Hubs an, und geben Sie in den Einstellungen ein Zugriffstoken ein</translation>
    </message>
    <message>
        <source>Gated</source>
        <translation>Beschränkt</translation>
    </message>
    <message>
        <source>Asking the hub</source>
        <translation>Der Hub wird gefragt</translation>
    </message>
    <message>
        <source>should fit</source>
        <translation>sollte passen</translation>
    </message>
    <message>
        <source>too large to be quick</source>
        <translation>zu groß, um schnell zu sein</translation>
    </message>
</context>
<context>
    <name>OpeningOriginals</name>
    <message>
        <source>Opened at this page</source>
        <translation>Auf dieser Seite geöffnet</translation>
    </message>
    <message>
        <source>Opened; your viewer cannot be told the page</source>
        <translation>Geöffnet; Ihrem Betrachter lässt sich die Seite nicht sagen</translation>
    </message>
    <message>
        <source>No program here opens {file}.</source>
        <translation>Kein Programm hier öffnet {file}.</translation>
    </message>
</context>
<context>
    <name>OriginalFiles</name>
    <message>
        <source>Open a text</source>
        <translation>Einen Text öffnen</translation>
    </message>
    <message>
        <source>Texts, Word documents and mails</source>
        <translation>Texte, Word-Dokumente und E-Mails</translation>
    </message>
    <message>
        <source>Save the rewritten file</source>
        <translation>Die umgeschriebene Datei speichern</translation>
    </message>
</context>
<context>
    <name>Outgoing</name>
    <message>
        <source>Connected to {host}: fetching {model}</source>
        <translation>Verbunden mit {host}: {model} wird geladen</translation>
    </message>
    <message>
        <source>Connected to {host}: asking about models</source>
        <translation>Verbunden mit {host}: nach Modellen wird gefragt</translation>
    </message>
    <message>
        <source>Offline: nothing leaves this computer</source>
        <translation>Offline: Nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>Not connected: nothing leaves this computer</source>
        <translation>Nicht verbunden: Nichts verlässt diesen Computer</translation>
    </message>
</context>
<context>
    <name>Outside</name>
    <message>
        <source>Escritoire stays in the tray. Its icon opens it again and quits it.</source>
        <translation>Escritoire bleibt im Infobereich. Sein Symbol öffnet es wieder und beendet es.</translation>
    </message>
</context>
<context>
    <name>PageText</name>
    <message>
        <source>Text of the page</source>
        <translation>Text der Seite</translation>
    </message>
</context>
<context>
    <name>PairField</name>
    <message>
        <source>As it was</source>
        <translation>Wie es war</translation>
    </message>
    <message>
        <source>As it is wanted</source>
        <translation>Wie es sein soll</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>Aus einer Datei</translation>
    </message>
    <message>
        <source>{side}, from a file</source>
        <translation>{side}, aus einer Datei</translation>
    </message>
    <message>
        <source>Choose a text</source>
        <translation>Einen Text wählen</translation>
    </message>
</context>
<context>
    <name>PairsCard</name>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>A text as it was, and as your office would have it. Rules are derived from the pairs, and those nearest to a text are shown to the model as examples.</source>
        <translation>Ein Text, wie er war, und wie Ihr Büro ihn hätte. Aus den Paaren werden Regeln abgeleitet, und die nächstliegenden bekommt das Modell als Beispiele gezeigt.</translation>
    </message>
    <message>
        <source>Keep the pair</source>
        <translation>Das Paar behalten</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Weglegen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Not this one</source>
        <translation>Dieses nicht</translation>
    </message>
    <message>
        <source>Add a pair</source>
        <translation>Paar hinzufügen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Edit the pair</source>
        <translation>Das Paar bearbeiten</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take the pair out</source>
        <translation>Das Paar herausnehmen</translation>
    </message>
    <message>
        <source>Make more examples</source>
        <translation>Weitere Beispiele machen</translation>
    </message>
    <message>
        <source>From texts</source>
        <translation>Aus Texten</translation>
    </message>
    <message>
        <source>Make examples from texts in files</source>
        <translation>Beispiele aus Texten in Dateien machen</translation>
    </message>
    <message>
        <source>A model proposes this pair. It counts once you have accepted it.</source>
        <translation>Ein Modell schlägt dieses Paar vor. Es zählt, sobald Sie es angenommen haben.</translation>
    </message>
    <message>
        <source>A model proposes this pair; {count} more wait. Each counts once you have accepted it.</source>
        <translation>Ein Modell schlägt dieses Paar vor; {count} weitere warten. Jedes zählt, sobald Sie es angenommen haben.</translation>
    </message>
</context>
<context>
    <name>Placement</name>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>will not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>Fits: needs {needed} of {free} free, {where}.</source>
        <translation>Passt: braucht {needed} von {free} freien, {where}.</translation>
    </message>
    <message>
        <source>Slow: needs {needed} of {free} free, {where}.</source>
        <translation>Langsam: braucht {needed} von {free} freien, {where}.</translation>
    </message>
    <message>
        <source>Will not fit: needs {needed} with what is kept for everything else, and {free} is free, {where}.</source>
        <translation>Passt nicht: braucht {needed} mit dem, was für alles andere frei bleibt, und {free} sind frei, {where}.</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>auf dem Prozessor</translation>
    </message>
    <message>
        <source>{layers} layers on {device}</source>
        <translation>{layers} Schichten auf {device}</translation>
    </message>
    <message>
        <source>{device} has too little memory for {wanted} layers of {model}, so it takes {layers}. Answers come more slowly.</source>
        <translation>{device} hat zu wenig Speicher für {wanted} Schichten von {model}, deshalb nimmt es {layers}. Antworten kommen langsamer.</translation>
    </message>
    <message>
        <source>{device} has too little memory for {model}, so the processor does its work. Answers come more slowly.</source>
        <translation>{device} hat zu wenig Speicher für {model}, deshalb macht der Prozessor seine Arbeit. Antworten kommen langsamer.</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Page {label}</source>
        <translation>Seite {label}</translation>
    </message>
    <message>
        <source>Slide {label}</source>
        <translation>Folie {label}</translation>
    </message>
    <message>
        <source>Section {label}</source>
        <translation>Abschnitt {label}</translation>
    </message>
    <message>
        <source>Message of {label}</source>
        <translation>Nachricht vom {label}</translation>
    </message>
    <message>
        <source>Scan {label}</source>
        <translation>Scan {label}</translation>
    </message>
    <message>
        <source>page {label}</source>
        <translation>Seite {label}</translation>
    </message>
    <message>
        <source>slide {label}</source>
        <translation>Folie {label}</translation>
    </message>
    <message>
        <source>section {label}</source>
        <translation>Abschnitt {label}</translation>
    </message>
    <message>
        <source>message of {label}</source>
        <translation>Nachricht vom {label}</translation>
    </message>
    <message>
        <source>scan {label}</source>
        <translation>Scan {label}</translation>
    </message>
    <message>
        <source>p. {label}</source>
        <translation>S. {label}</translation>
    </message>
</context>
<context>
    <name>Portal</name>
    <message>
        <source>Rewrite what is selected</source>
        <translation>Markierten Text umschreiben</translation>
    </message>
</context>
<context>
    <name>QuestionView</name>
    <message>
        <source>Question: {text}</source>
        <translation>Frage: {text}</translation>
    </message>
</context>
<context>
    <name>Quotation</name>
    <message>
        <source>Quotation</source>
        <translation>Zitat</translation>
    </message>
    <message>
        <source>Source {number}: {place}</source>
        <translation>Quelle {number}: {place}</translation>
    </message>
    <message>
        <source>Show this passage on its page</source>
        <translation>Diese Textstelle auf ihrer Seite zeigen</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Bereiche</translation>
    </message>
</context>
<context>
    <name>ReadingPause</name>
    <message>
        <source>Go on reading</source>
        <translation>Weiterlesen</translation>
    </message>
    <message>
        <source>Pause reading</source>
        <translation>Lesen unterbrechen</translation>
    </message>
    <message>
        <source>Reading is paused: answers use the pages that are done so far.</source>
        <translation>Das Lesen ist unterbrochen: Antworten verwenden die Seiten, die bisher fertig sind.</translation>
    </message>
    <message>
        <source>You can ask already: answers use the pages that are done so far.</source>
        <translation>Sie können schon fragen: Antworten verwenden die Seiten, die bisher fertig sind.</translation>
    </message>
</context>
<context>
    <name>Reasoning</name>
    <message>
        <source>Thinking</source>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Thinking, {seconds} s</source>
        <translation>Denkt nach, {seconds} s</translation>
    </message>
    <message>
        <source>What was thought before</source>
        <translation>Was vorher gedacht wurde</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>{seconds} s nachgedacht</translation>
    </message>
    <message>
        <source>Show what the model wrote before its answer</source>
        <translation>Zeigen, was das Modell vor seiner Antwort geschrieben hat</translation>
    </message>
    <message>
        <source>What the model wrote before its answer</source>
        <translation>Was das Modell vor seiner Antwort geschrieben hat</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Could not be read</source>
        <translation>Konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Need their passwords</source>
        <translation>Brauchen ihre Passwörter</translation>
    </message>
    <message>
        <source>Stopped before they were read to the end</source>
        <translation>Angehalten, bevor sie ganz gelesen waren</translation>
    </message>
    <message>
        <source>Not fully indexed yet</source>
        <translation>Noch nicht ganz erschlossen</translation>
    </message>
    <message>
        <source>Pages without text: nothing on them is found</source>
        <translation>Seiten ohne Text: Auf ihnen wird nichts gefunden</translation>
    </message>
    <message>
        <source>Hard to read: recognized with little confidence</source>
        <translation>Schwer lesbar: mit wenig Sicherheit erkannt</translation>
    </message>
    <message>
        <source>Files that are not where they were</source>
        <translation>Dateien, die nicht mehr an ihrem Ort sind</translation>
    </message>
    <message>
        <source>Files that changed since they were read</source>
        <translation>Dateien, die sich seit dem Lesen geändert haben</translation>
    </message>
    <message>
        <source>Older versions of a document that is here as well</source>
        <translation>Ältere Fassungen eines Dokuments, das auch hier ist</translation>
    </message>
    <message>
        <source>Nearly the same as another document</source>
        <translation>Fast dasselbe wie ein anderes Dokument</translation>
    </message>
    <message>
        <source>Exactly the same as another document</source>
        <translation>Genau dasselbe wie ein anderes Dokument</translation>
    </message>
    <message>
        <source>Select it in the list and type the password.</source>
        <translation>Wählen Sie es in der Liste aus, und tippen Sie das Passwort.</translation>
    </message>
    <message>
        <source>Select it in the list and try again.</source>
        <translation>Wählen Sie es in der Liste aus, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Answers use the pages that are done so far.</source>
        <translation>Antworten verwenden die Seiten, die bisher fertig sind.</translation>
    </message>
    <message>
        <source>What was read stays, and is searched.</source>
        <translation>Was gelesen wurde, bleibt und wird durchsucht.</translation>
    </message>
    <message>
        <source>Add it again to read it as it is now.</source>
        <translation>Fügen Sie es noch einmal hinzu, um es zu lesen, wie es jetzt ist.</translation>
    </message>
    <message>
        <source>{pages} and {more} more</source>
        <translation>{pages} und {more} weitere</translation>
    </message>
    <message>
        <source>{place} ({percent} %)</source>
        <translation>{place} ({percent} %)</translation>
    </message>
    <message>
        <source>The same file as {other}</source>
        <translation>Dieselbe Datei wie {other}</translation>
    </message>
    <message>
        <source>Newer by the version in its name: {other}</source>
        <translation>Neuer nach der Fassung in seinem Namen: {other}</translation>
    </message>
    <message>
        <source>Newer by the day in its name: {other}</source>
        <translation>Neuer nach dem Tag in seinem Namen: {other}</translation>
    </message>
    <message>
        <source>Newer by the date that it gives itself: {other}</source>
        <translation>Neuer nach dem Datum, das es selbst nennt: {other}</translation>
    </message>
    <message>
        <source>Newer by when its file was written: {other}</source>
        <translation>Neuer nach der Zeit, zu der seine Datei geschrieben wurde: {other}</translation>
    </message>
    <message>
        <source>Which one is newer, nothing tells: {other}</source>
        <translation>Nichts sagt, welches neuer ist: {other}</translation>
    </message>
    <message>
        <source>{told}, with {percent} % of the text in common</source>
        <translation>{told}, mit {percent} % gemeinsamem Text</translation>
    </message>
    <message>
        <source>Report on all documents</source>
        <translation>Bericht über alle Dokumente</translation>
    </message>
    <message>
        <source>Report on {collection}</source>
        <translation>Bericht über {collection}</translation>
    </message>
    <message>
        <source>Documents: {documents}, ready: {ready}, pages: {pages}.</source>
        <translation>Dokumente: {documents}, bereit: {ready}, Seiten: {pages}.</translation>
    </message>
    <message>
        <source>Documents of which something cannot be found: {count}.</source>
        <translation>Dokumente, von denen etwas nicht zu finden ist: {count}.</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Path of the other document</source>
        <translation>Pfad des anderen Dokuments</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>What there is to say</source>
        <translation>Was dazu zu sagen ist</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Comparing documents, {done} of {total}</source>
        <translation>Dokumente werden verglichen, {done} von {total}</translation>
    </message>
    <message>
        <source>Looking at the documents</source>
        <translation>Die Dokumente werden angesehen</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Den Bericht speichern</translation>
    </message>
    <message>
        <source>Texts (*.txt)</source>
        <translation>Texte (*.txt)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The report was saved: {path}</source>
        <translation>Der Bericht wurde gespeichert: {path}</translation>
    </message>
    <message>
        <source>Back to the documents</source>
        <translation>Zurück zu den Dokumenten</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Save the report as a text or as a table</source>
        <translation>Den Bericht als Text oder als Tabelle speichern</translation>
    </message>
    <message>
        <source>Nothing to remark</source>
        <translation>Nichts anzumerken</translation>
    </message>
    <message>
        <source>Every page can be found, no file has changed, and nothing is there twice.</source>
        <translation>Jede Seite ist zu finden, keine Datei hat sich geändert, und nichts ist doppelt da.</translation>
    </message>
    <message>
        <source>How far the report is</source>
        <translation>Wie weit der Bericht ist</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the report</source>
        <translation>Den Bericht abbrechen</translation>
    </message>
    <message>
        <source>Cancel the report (Esc)</source>
        <translation>Den Bericht abbrechen (Esc)</translation>
    </message>
</context>
<context>
    <name>ReviewPane</name>
    <message>
        <source>The rewritten text comes here.</source>
        <translation>Hier erscheint der umgeschriebene Text.</translation>
    </message>
    <message>
        <source>Text with its changes</source>
        <translation>Text mit seinen Änderungen</translation>
    </message>
    <message>
        <source>The text as it was</source>
        <translation>Der Text, wie er war</translation>
    </message>
    <message>
        <source>The text rewritten</source>
        <translation>Der umgeschriebene Text</translation>
    </message>
    <message>
        <source>{done} {changes} changes, {facts} facts differ.</source>
        <translation>{done} {changes} Änderungen, {facts} Angaben weichen ab.</translation>
    </message>
    <message>
        <source>Accept a change</source>
        <translation>Änderung annehmen</translation>
    </message>
    <message>
        <source>Reject a change</source>
        <translation>Änderung ablehnen</translation>
    </message>
    <message>
        <source>Accept all changes</source>
        <translation>Alle Änderungen annehmen</translation>
    </message>
    <message>
        <source>Reject all changes</source>
        <translation>Alle Änderungen ablehnen</translation>
    </message>
    <message>
        <source>Confirm a fact</source>
        <translation>Angabe bestätigen</translation>
    </message>
    <message>
        <source>Take a fact back</source>
        <translation>Angabe zurücknehmen</translation>
    </message>
    <message>
        <source>Confirm each fact that differs first, or take it back</source>
        <translation>Bestätigen Sie zuerst jede Angabe, die abweicht, oder nehmen Sie sie zurück</translation>
    </message>
    <message>
        <source>Looking at the facts anew</source>
        <translation>Die Angaben werden neu geprüft</translation>
    </message>
    <message>
        <source>One fact differs. Copy waits until it is confirmed or taken back.</source>
        <translation>Eine Angabe weicht ab. Kopieren wartet, bis sie bestätigt oder zurückgenommen ist.</translation>
    </message>
    <message>
        <source>{count} facts differ. Copy waits until each is confirmed or taken back.</source>
        <translation>{count} Angaben weichen ab. Kopieren wartet, bis jede bestätigt oder zurückgenommen ist.</translation>
    </message>
    <message>
        <source>Nothing keeps Copy waiting. What is worth a look is listed here:</source>
        <translation>Nichts hält Kopieren auf. Was einen Blick wert ist, steht hier:</translation>
    </message>
    <message>
        <source>Every fact is looked at. This was kept as it was:</source>
        <translation>Jede Angabe ist angesehen. Das blieb, wie es war:</translation>
    </message>
    <message>
        <source>Every fact is looked at.</source>
        <translation>Jede Angabe ist angesehen.</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>Nichts wurde geändert</translation>
    </message>
    <message>
        <source>{number} of {count}, {open} open</source>
        <translation>{number} von {count}, {open} offen</translation>
    </message>
</context>
<context>
    <name>Rewrite</name>
    <message>
        <source>a field goes over several paragraphs</source>
        <translation>ein Feld reicht über mehrere Absätze</translation>
    </message>
    <message>
        <source>it holds a formula</source>
        <translation>er enthält eine Formel</translation>
    </message>
    <message>
        <source>a content control is locked</source>
        <translation>ein Inhaltssteuerelement ist gesperrt</translation>
    </message>
    <message>
        <source>a content control fills it in</source>
        <translation>ein Inhaltssteuerelement füllt ihn aus</translation>
    </message>
    <message>
        <source>its row is a tracked change</source>
        <translation>seine Zeile ist eine nachverfolgte Änderung</translation>
    </message>
    <message>
        <source>What you take becomes tracked changes in a new document.</source>
        <translation>Was Sie übernehmen, wird in einem neuen Dokument zu nachverfolgten Änderungen.</translation>
    </message>
    <message>
        <source>A new mail keeps its headers and attachments.</source>
        <translation>Eine neue Mail behält ihre Kopfzeilen und Anhänge.</translation>
    </message>
    <message>
        <source>A new file keeps its encoding ({encoding}).</source>
        <translation>Eine neue Datei behält ihre Kodierung ({encoding}).</translation>
    </message>
    <message>
        <source>Its version in HTML is left out there.</source>
        <translation>Ihre HTML-Fassung wird dort weggelassen.</translation>
    </message>
    <message>
        <source>One paragraph stands as it is: {reason}.</source>
        <translation>Ein Absatz bleibt, wie er ist: {reason}.</translation>
    </message>
    <message>
        <source>{count} paragraphs stand as they are: {reason}.</source>
        <translation>{count} Absätze bleiben, wie sie sind: {reason}.</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Gespeichert als {file}.</translation>
    </message>
    <message>
        <source>{count} paragraphs could not be changed safely and stand as before.</source>
        <translation>{count} Absätze ließen sich nicht sicher ändern und bleiben wie zuvor.</translation>
    </message>
    <message>
        <source>It is {new} now: {old} lacks a character that is in it.</source>
        <translation>Sie ist jetzt {new}: In {old} fehlt ein Zeichen, das darin vorkommt.</translation>
    </message>
    <message>
        <source>Stopped before a paragraph was done.</source>
        <translation>Angehalten, bevor ein Absatz fertig war.</translation>
    </message>
    <message>
        <source>Stopped after paragraph {done} of {total}; the rest is as it was.</source>
        <translation>Nach Absatz {done} von {total} angehalten; der Rest ist, wie er war.</translation>
    </message>
    <message>
        <source>There is no prose in this text, so it was left as it is.</source>
        <translation>In diesem Text ist keine Prosa, deshalb blieb er, wie er ist.</translation>
    </message>
    <message>
        <source>The model changed nothing. A larger one may do more.</source>
        <translation>Das Modell hat nichts geändert. Ein größeres ändert vielleicht mehr.</translation>
    </message>
    <message>
        <source>Rewritten by {model}.</source>
        <translation>Umgeschrieben von {model}.</translation>
    </message>
    <message>
        <source>Worth a look: {before} is gone, or said in other words</source>
        <translation>Einen Blick wert: {before} ist weg oder anders gesagt</translation>
    </message>
    <message>
        <source>Worth a look: {after} is new, or was said otherwise</source>
        <translation>Einen Blick wert: {after} ist neu oder war anders gesagt</translation>
    </message>
    <message>
        <source>{kind}: {before} became {after}</source>
        <translation>{kind}: aus {before} wurde {after}</translation>
    </message>
    <message>
        <source>{kind}: {before} is no longer there</source>
        <translation>{kind}: {before} ist nicht mehr da</translation>
    </message>
    <message>
        <source>{kind}: {after} was not there before</source>
        <translation>{kind}: {after} war vorher nicht da</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Length of time</source>
        <translation>Zeitdauer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Web address</source>
        <translation>Webadresse</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Aktenzeichen oder Verweis</translation>
    </message>
    <message>
        <source>Quotation</source>
        <translation>Zitat</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Ja oder nein</translation>
    </message>
    <message>
        <source>Must, may or should</source>
        <translation>Muss, darf oder soll</translation>
    </message>
    <message>
        <source>Whole sentence</source>
        <translation>Ganzer Satz</translation>
    </message>
    <message>
        <source>the model wrote nothing</source>
        <translation>das Modell hat nichts geschrieben</translation>
    </message>
    <message>
        <source>the model answered instead of rewriting</source>
        <translation>das Modell hat geantwortet, statt umzuschreiben</translation>
    </message>
    <message>
        <source>the model stopped early</source>
        <translation>das Modell hat zu früh aufgehört</translation>
    </message>
    <message>
        <source>the model wrote far more than was there</source>
        <translation>das Modell hat viel mehr geschrieben, als da war</translation>
    </message>
    <message>
        <source>the model repeated itself</source>
        <translation>das Modell hat sich wiederholt</translation>
    </message>
    <message>
        <source>the model changed the language</source>
        <translation>das Modell hat die Sprache gewechselt</translation>
    </message>
    <message>
        <source>the model would have changed facts</source>
        <translation>das Modell hätte Angaben geändert</translation>
    </message>
    <message>
        <source>the model would have changed a link or a field</source>
        <translation>das Modell hätte einen Link oder ein Feld geändert</translation>
    </message>
    <message>
        <source>the paragraph is too long for the model</source>
        <translation>der Absatz ist zu lang für das Modell</translation>
    </message>
    <message>
        <source>Kept as it was: {text}, because {reason}</source>
        <translation>Unverändert: {text}, denn {reason}</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>zu früh beendet</translation>
    </message>
</context>
<context>
    <name>RewriteFactsModel</name>
    <message>
        <source>Confirmed. {fact}</source>
        <translation>Bestätigt. {fact}</translation>
    </message>
</context>
<context>
    <name>RewritePage</name>
    <message>
        <source>One text is rewritten at a time: {file} was opened.</source>
        <translation>Es wird immer nur ein Text umgeschrieben: {file} wurde geöffnet.</translation>
    </message>
    <message>
        <source>Rewrite without it</source>
        <translation>Ohne sie umschreiben</translation>
    </message>
    <message>
        <source>Another text is being rewritten. Stop it first.</source>
        <translation>Ein anderer Text wird gerade umgeschrieben. Halten Sie das zuerst an.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>Rewrite: {view}</source>
        <translation>Umschreiben: {view}</translation>
    </message>
    <message>
        <source>Views of rewriting</source>
        <translation>Ansichten beim Umschreiben</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>Copied to the clipboard.</source>
        <translation>In die Zwischenablage kopiert.</translation>
    </message>
</context>
<context>
    <name>RunSettings</name>
    <message>
        <source>How it runs</source>
        <translation>Wie es läuft</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Usual ({tokens})</source>
        <translation>Üblich ({tokens})</translation>
    </message>
    <message>
        <source>This model takes at most {tokens}.</source>
        <translation>Dieses Modell fasst höchstens {tokens}.</translation>
    </message>
    <message>
        <source>Automatic: wherever it fits best</source>
        <translation>Automatisch: wo es am besten passt</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>{device}, not here now</source>
        <translation>{device}, zurzeit nicht hier</translation>
    </message>
    <message>
        <source>Layers on the GPU</source>
        <translation>Schichten auf dem Grafikprozessor</translation>
    </message>
    <message>
        <source>As many as fit</source>
        <translation>So viele, wie passen</translation>
    </message>
    <message>
        <source>Context window, in tokens</source>
        <translation>Kontextfenster, in Token</translation>
    </message>
    <message>
        <source>Cache of keys and values</source>
        <translation>Zwischenspeicher für Schlüssel und Werte</translation>
    </message>
    <message>
        <source>16 bits (usual)</source>
        <translation>16 Bit (üblich)</translation>
    </message>
    <message>
        <source>8 bits: half the memory</source>
        <translation>8 Bit: halber Speicher</translation>
    </message>
    <message>
        <source>4 bits: a quarter of the memory, less exact</source>
        <translation>4 Bit: ein Viertel des Speichers, weniger genau</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>As measured, or one a core (usual)</source>
        <translation>Wie gemessen, sonst einer pro Kern (üblich)</translation>
    </message>
    <message>
        <source>Batch, in tokens</source>
        <translation>Stapel, in Token</translation>
    </message>
    <message>
        <source>Map the file into memory (usually not)</source>
        <translation>Die Datei in den Speicher einblenden (meist nicht)</translation>
    </message>
    <message>
        <source>Keep it from being swapped (usually not)</source>
        <translation>Nicht auslagern lassen (meist nicht)</translation>
    </message>
    <message>
        <source>Adapters (LoRA)</source>
        <translation>Adapter (LoRA)</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Advanced settings of this model</source>
        <translation>Erweiterte Einstellungen dieses Modells</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Load the model so from the next question on</source>
        <translation>Das Modell ab der nächsten Frage so laden</translation>
    </message>
    <message>
        <source>Use the defaults</source>
        <translation>Vorgaben verwenden</translation>
    </message>
    <message>
        <source>Let the program choose again</source>
        <translation>Das Programm wieder wählen lassen</translation>
    </message>
</context>
<context>
    <name>ScopeButton</name>
    <message>
        <source>Ask only these documents</source>
        <translation>Nur diese Dokumente fragen</translation>
    </message>
    <message>
        <source>Find a document</source>
        <translation>Dokument suchen</translation>
    </message>
    <message>
        <source>Ask only these collections</source>
        <translation>Nur diese Sammlungen fragen</translation>
    </message>
    <message>
        <source>Find a collection</source>
        <translation>Sammlung suchen</translation>
    </message>
    <message>
        <source>Choose which documents to ask</source>
        <translation>Wählen, welche Dokumente gefragt werden</translation>
    </message>
    <message>
        <source>All documents</source>
        <translation>Alle Dokumente</translation>
    </message>
    <message>
        <source>Several collections</source>
        <translation>Mehrere Sammlungen</translation>
    </message>
    <message>
        <source>Chosen documents</source>
        <translation>Gewählte Dokumente</translation>
    </message>
    <message>
        <source>1 chosen document</source>
        <translation>1 gewähltes Dokument</translation>
    </message>
    <message>
        <source>{count} chosen documents</source>
        <translation>{count} gewählte Dokumente</translation>
    </message>
    <message>
        <source>Documents to ask: {which}</source>
        <translation>Zu fragende Dokumente: {which}</translation>
    </message>
</context>
<context>
    <name>Scripts</name>
    <message>
        <source>Latin, Greek, Chinese and Japanese (carried along)</source>
        <translation>Lateinisch, Griechisch, Chinesisch und Japanisch (mitgeliefert)</translation>
    </message>
    <message>
        <source>Cyrillic</source>
        <translation>Kyrillisch</translation>
    </message>
    <message>
        <source>Russian, Ukrainian and Belarusian</source>
        <translation>Russisch, Ukrainisch und Belarussisch</translation>
    </message>
    <message>
        <source>Latin alone</source>
        <translation>Nur Lateinisch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Devanagari (Hindi, Marathi, Nepali)</source>
        <translation>Devanagari (Hindi, Marathi, Nepali)</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>Thai</translation>
    </message>
    <message>
        <source>Tamil</source>
        <translation>Tamil</translation>
    </message>
    <message>
        <source>Telugu</source>
        <translation>Telugu</translation>
    </message>
</context>
<context>
    <name>ScriptsCard</name>
    <message>
        <source>Scans</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>Pages that are images are read on this computer, in the letters chosen here. What was read before stays; a selected scan can be read again on the Documents page.</source>
        <translation>Seiten, die Bilder sind, werden auf diesem Computer gelesen, in der hier gewählten Schrift. Was vorher gelesen wurde, bleibt; ein ausgewählter Scan lässt sich auf der Seite Dokumente neu lesen.</translation>
    </message>
    <message>
        <source>Letters that scans are read in</source>
        <translation>Schrift, in der Scans gelesen werden</translation>
    </message>
    <message>
        <source>Add a file for scans</source>
        <translation>Datei für Scans hinzufügen</translation>
    </message>
    <message>
        <source>Add a file that scans of other letters are read with</source>
        <translation>Eine Datei hinzufügen, mit der Scans in anderen Schriften gelesen werden</translation>
    </message>
    <message>
        <source>Not carried along, and not fetched by Escritoire: the files below, published at {where} (onnx/PP-OCRv5/rec). Added here, they are checked by their hashes. Arabic and Hebrew cannot be read.
{files}</source>
        <translation>Nicht mitgeliefert und von Escritoire nicht geladen: die folgenden Dateien, veröffentlicht unter {where} (onnx/PP-OCRv5/rec). Hier hinzugefügt, werden sie anhand ihrer Hashes geprüft. Arabisch und Hebräisch lassen sich nicht lesen.
{files}</translation>
    </message>
    <message>
        <source>Scans are read from now on in: {script}.</source>
        <translation>Scans werden von jetzt an so gelesen: {script}.</translation>
    </message>
    <message>
        <source>Files for scans (*.onnx)</source>
        <translation>Dateien für Scans (*.onnx)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>SearchActions</name>
    <message>
        <source>Embed again</source>
        <translation>Neu einbetten</translation>
    </message>
    <message>
        <source>{name} goes on searching your documents.</source>
        <translation>{name} durchsucht weiter Ihre Dokumente.</translation>
    </message>
    <message>
        <source>What is found keeps the order of the search.</source>
        <translation>Was gefunden wird, behält die Reihenfolge der Suche.</translation>
    </message>
    <message>
        <source>{name} orders what is found from now on.</source>
        <translation>{name} ordnet von jetzt an, was gefunden wird.</translation>
    </message>
    <message>
        <source>{name} searches your documents from now on.</source>
        <translation>{name} durchsucht von jetzt an Ihre Dokumente.</translation>
    </message>
    <message>
        <source>Don&apos;t use</source>
        <translation>Nicht verwenden</translation>
    </message>
    <message>
        <source>Use for ordering</source>
        <translation>Zum Ordnen verwenden</translation>
    </message>
    <message>
        <source>Use for searching</source>
        <translation>Zum Suchen verwenden</translation>
    </message>
    <message>
        <source>Search your documents with the selected embedding model</source>
        <translation>Ihre Dokumente mit dem ausgewählten Einbettungsmodell durchsuchen</translation>
    </message>
    <message>
        <source>Let the selected reranker order what is found, or no longer</source>
        <translation>Den ausgewählten Reranker ordnen lassen, was gefunden wird, oder nicht mehr</translation>
    </message>
    <message>
        <source>Cancel embedding</source>
        <translation>Einbetten abbrechen</translation>
    </message>
    <message>
        <source>Embed nothing again, and search as before</source>
        <translation>Nichts neu einbetten und wie bisher suchen</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message>
        <source>Answering</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Ordering what was found</source>
        <translation>Ordnen des Gefundenen</translation>
    </message>
    <message>
        <source>Adapting other models</source>
        <translation>Andere Modelle anpassen</translation>
    </message>
    <message>
        <source>searches</source>
        <translation>sucht</translation>
    </message>
    <message>
        <source>takes over</source>
        <translation>übernimmt</translation>
    </message>
    <message>
        <source>orders what was found</source>
        <translation>ordnet das Gefundene</translation>
    </message>
    <message>
        <source>Your documents are searched with it. Use another one for that first; once they are embedded with it, this one can be removed.</source>
        <translation>Ihre Dokumente werden damit durchsucht. Verwenden Sie dafür zuerst ein anderes; sobald sie damit eingebettet sind, lässt sich dieses entfernen.</translation>
    </message>
    <message>
        <source>Your documents are being embedded with it. It can be removed once you cancel that.</source>
        <translation>Ihre Dokumente werden gerade damit eingebettet. Es lässt sich entfernen, sobald Sie das abbrechen.</translation>
    </message>
    <message>
        <source>What was found is ordered with it. It can be removed once it is not used any more.</source>
        <translation>Das Gefundene wird damit geordnet. Es lässt sich entfernen, sobald es nicht mehr verwendet wird.</translation>
    </message>
    <message>
        <source>1 document</source>
        <translation>1 Dokument</translation>
    </message>
    <message>
        <source>{count} documents</source>
        <translation>{count} Dokumente</translation>
    </message>
    <message>
        <source>{name}: 1 passage of {documents} has to be embedded again</source>
        <translation>{name}: 1 Textstelle aus {documents} muss neu eingebettet werden</translation>
    </message>
    <message>
        <source>{name}: {passages} passages of {documents} have to be embedded again</source>
        <translation>{name}: {passages} Textstellen aus {documents} müssen neu eingebettet werden</translation>
    </message>
    <message>
        <source>{line}, which takes {time}</source>
        <translation>{line}, das dauert {time}</translation>
    </message>
    <message>
        <source>{line}.</source>
        <translation>{line}.</translation>
    </message>
    <message>
        <source>{line}. Until then {serving} searches.</source>
        <translation>{line}. Bis dahin sucht {serving}.</translation>
    </message>
    <message>
        <source>Embedding with {name}, {done} of {passages} passages</source>
        <translation>Einbetten mit {name}, {done} von {passages} Textstellen</translation>
    </message>
    <message>
        <source>{line}, {time} left</source>
        <translation>{line}, noch {time}</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>ein paar Sekunden</translation>
    </message>
    <message>
        <source>about 1 min</source>
        <translation>etwa 1 min</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>etwa {minutes} min</translation>
    </message>
    <message>
        <source>about {hours} h</source>
        <translation>etwa {hours} h</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Your profile</source>
        <translation>Ihr Profil</translation>
    </message>
    <message>
        <source>Documents&apos; text, chats and settings are kept in this folder.</source>
        <translation>Texte der Dokumente, Chats und Einstellungen liegen in diesem Ordner.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the path of the profile</source>
        <translation>Den Pfad des Profils kopieren</translation>
    </message>
    <message>
        <source>The path of the profile was copied.</source>
        <translation>Der Pfad des Profils wurde kopiert.</translation>
    </message>
    <message>
        <source>What protects it</source>
        <translation>Was es schützt</translation>
    </message>
    <message>
        <source>The database is encrypted as a whole (SQLCipher, AES-256). Its key is wrapped by the keyring of this computer or by your passphrase, and is never stored in clear. Whoever can use this computer as you can read it while it is open.</source>
        <translation>Die Datenbank ist als Ganzes verschlüsselt (SQLCipher, AES-256). Ihr Schlüssel ist durch den Schlüsselbund dieses Computers oder durch Ihre Passphrase geschützt und liegt nirgends im Klartext. Wer diesen Computer als Sie benutzen kann, kann sie lesen, solange sie offen ist.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Escritoire</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
</context>
<context>
    <name>ShelfActions</name>
    <message>
        <source>{name} answers from now on.</source>
        <translation>{name} antwortet von jetzt an.</translation>
    </message>
    <message>
        <source>{name} was removed; {size} is freed when Escritoire is closed.</source>
        <translation>{name} wurde entfernt; {size} werden frei, wenn Escritoire geschlossen wird.</translation>
    </message>
    <message>
        <source>{name} is no longer listed. Its file is untouched.</source>
        <translation>{name} wird nicht mehr aufgeführt. Die Datei bleibt unberührt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{name} runs so from the next question on.</source>
        <translation>{name} läuft ab der nächsten Frage so.</translation>
    </message>
    <message>
        <source>Verifying {names}</source>
        <translation>{names} wird geprüft</translation>
    </message>
    <message>
        <source>{names}: every file is what it was.</source>
        <translation>{names}: Jede Datei ist, was sie war.</translation>
    </message>
    <message>
        <source>Measuring {name}</source>
        <translation>{name} wird gemessen</translation>
    </message>
    <message>
        <source>Use for answers</source>
        <translation>Zum Antworten verwenden</translation>
    </message>
    <message>
        <source>Let the selected model answer from now on</source>
        <translation>Von jetzt an das ausgewählte Modell antworten lassen</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Hash the files of the selected models again</source>
        <translation>Die Dateien der ausgewählten Modelle neu hashen</translation>
    </message>
    <message>
        <source>Measure here</source>
        <translation>Hier messen</translation>
    </message>
    <message>
        <source>Measure how fast the selected model is on this computer</source>
        <translation>Messen, wie schnell das ausgewählte Modell auf diesem Computer ist</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the selected models; can be undone until the window closes</source>
        <translation>Die ausgewählten Modelle entfernen; lässt sich rückgängig machen, bis das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Put the selected removed models back</source>
        <translation>Die ausgewählten entfernten Modelle zurückholen</translation>
    </message>
</context>
<context>
    <name>SmallWindow</name>
    <message>
        <source>Rewrite</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>Confirm each fact that differs first, or take it back</source>
        <translation>Bestätigen Sie zuerst jede Angabe, die abweicht, oder nehmen Sie sie zurück</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Put the result in the place of what is selected</source>
        <translation>Das Ergebnis an die Stelle des Markierten setzen</translation>
    </message>
    <message>
        <source>Open in Rewrite</source>
        <translation>In Umschreiben öffnen</translation>
    </message>
    <message>
        <source>Go on with this text on the Rewrite page</source>
        <translation>Mit diesem Text auf der Seite Umschreiben weiterarbeiten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SourcesBar</name>
    <message>
        <source>source {at} of {count}</source>
        <translation>Quelle {at} von {count}</translation>
    </message>
    <message>
        <source>{place} (number {number} in the file)</source>
        <translation>{place} (Nummer {number} in der Datei)</translation>
    </message>
</context>
<context>
    <name>SourcesPanel</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Fetching the page</source>
        <translation>Die Seite wird geholt</translation>
    </message>
    <message>
        <source>{place} of {document}</source>
        <translation>{place} von {document}</translation>
    </message>
    <message>
        <source>This was read from the image, in places only {percent} % certain: compare the two.</source>
        <translation>Das wurde aus dem Bild gelesen, stellenweise nur zu {percent} % sicher: Vergleichen Sie beides.</translation>
    </message>
    <message>
        <source>Previous source</source>
        <translation>Vorige Quelle</translation>
    </message>
    <message>
        <source>Next source</source>
        <translation>Nächste Quelle</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Vorige Seite</translation>
    </message>
    <message>
        <source>Page after</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>An die Breite anpassen</translation>
    </message>
    <message>
        <source>Open the original at this page</source>
        <translation>Das Original auf dieser Seite öffnen</translation>
    </message>
    <message>
        <source>Copy with reference</source>
        <translation>Mit Quellenangabe kopieren</translation>
    </message>
    <message>
        <source>Close sources</source>
        <translation>Quellen schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Progress of what is under way</source>
        <translation>Fortschritt des Laufenden</translation>
    </message>
    <message>
        <source>Not connected: nothing leaves this computer</source>
        <translation>Nicht verbunden: Nichts verlässt diesen Computer</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Text to rewrite</source>
        <translation>Umzuschreibender Text</translation>
    </message>
    <message>
        <source>Type or paste a text, or drop a file: .docx, .txt, .md or a saved mail. The original is never changed.</source>
        <translation>Tippen Sie einen Text, fügen Sie einen ein, oder ziehen Sie eine Datei hierher: .docx, .txt, .md oder eine gespeicherte Mail. Das Original wird nie verändert.</translation>
    </message>
</context>
<context>
    <name>ThisComputer</name>
    <message>
        <source>Looking at what this computer has</source>
        <translation>Es wird nachgesehen, was dieser Computer hat</translation>
    </message>
    <message>
        <source>What this computer has is not known</source>
        <translation>Was dieser Computer hat, ist nicht bekannt</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>Prüfung anhalten</translation>
    </message>
    <message>
        <source>Stop examining this computer and judging what fits it</source>
        <translation>Nicht weiter untersuchen, was dieser Computer hat und was darauf passt</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Examine this computer again, and judge which models fit it</source>
        <translation>Diesen Computer neu untersuchen und beurteilen, welche Modelle darauf passen</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Show what this computer has</source>
        <translation>Zeigen, was dieser Computer hat</translation>
    </message>
</context>
<context>
    <name>TokenCard</name>
    <message>
        <source>Access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>Access token of your account at the hub</source>
        <translation>Zugriffstoken Ihres Kontos beim Hub</translation>
    </message>
    <message>
        <source>Test and keep</source>
        <translation>Testen und behalten</translation>
    </message>
    <message>
        <source>Ask the hub whose access token it is, and keep it in the keyring</source>
        <translation>Den Hub fragen, wessen Zugriffstoken es ist, und es im Schlüsselbund behalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Forget the access token</source>
        <translation>Das Zugriffstoken vergessen</translation>
    </message>
    <message>
        <source>The access token of {owner} is kept in the keyring.</source>
        <translation>Das Zugriffstoken von {owner} liegt im Schlüsselbund.</translation>
    </message>
    <message>
        <source>The access token is forgotten. Revoke it at the hub if nobody uses it.</source>
        <translation>Das Zugriffstoken ist vergessen. Widerrufen Sie es beim Hub, wenn niemand es verwendet.</translation>
    </message>
    <message>
        <source>Asking the hub whose token it is</source>
        <translation>Der Hub wird gefragt, wessen Token es ist</translation>
    </message>
    <message>
        <source>A token is kept in the keyring of this computer, and nowhere else.</source>
        <translation>Ein Token liegt im Schlüsselbund dieses Computers und nirgends sonst.</translation>
    </message>
    <message>
        <source>Needed only for gated models, whose licence you have accepted on the hub&apos;s page. It is kept in the keyring of this computer, and nowhere else.</source>
        <translation>Nur für beschränkte Modelle nötig, deren Lizenz Sie auf der Seite des Hubs angenommen haben. Es liegt im Schlüsselbund dieses Computers und nirgends sonst.</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rewrite clipboard</source>
        <translation>Zwischenablage umschreiben</translation>
    </message>
    <message>
        <source>Ask…</source>
        <translation>Fragen …</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>TurnActions</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Ask this question in another version</source>
        <translation>Diese Frage in einer anderen Fassung stellen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove this question and what follows it</source>
        <translation>Diese Frage und was ihr folgt entfernen</translation>
    </message>
    <message>
        <source>Show the version before this one</source>
        <translation>Die vorige Fassung zeigen</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation>Fassung {number} von {count}</translation>
    </message>
    <message>
        <source>Show the version after this one</source>
        <translation>Die nächste Fassung zeigen</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Have another answer written beside this one</source>
        <translation>Eine andere Antwort neben dieser schreiben lassen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Write this answer on</source>
        <translation>Diese Antwort weiterschreiben</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More to do with this answer</source>
        <translation>Mehr zu dieser Antwort</translation>
    </message>
    <message>
        <source>Copy with formatting</source>
        <translation>Mit Formatierung kopieren</translation>
    </message>
    <message>
        <source>Quote the selection</source>
        <translation>Auswahl zitieren</translation>
    </message>
    <message>
        <source>Remove this answer and what follows it</source>
        <translation>Diese Antwort und was ihr folgt entfernen</translation>
    </message>
    <message>
        <source>Check that its record gives it again</source>
        <translation>Prüfen, ob ihr Protokoll sie wieder ergibt</translation>
    </message>
</context>
<context>
    <name>TurnWishes</name>
    <message>
        <source>Write another answer</source>
        <translation>Eine andere Antwort schreiben</translation>
    </message>
    <message>
        <source>Write the answer on</source>
        <translation>Die Antwort weiterschreiben</translation>
    </message>
    <message>
        <source>Ask the question in another version</source>
        <translation>Die Frage in einer anderen Fassung stellen</translation>
    </message>
    <message>
        <source>Show the version before</source>
        <translation>Die vorige Fassung zeigen</translation>
    </message>
    <message>
        <source>Show the version after</source>
        <translation>Die nächste Fassung zeigen</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Die Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy the answer with formatting</source>
        <translation>Die Antwort mit Formatierung kopieren</translation>
    </message>
    <message>
        <source>Quote the selection in the input</source>
        <translation>Die Auswahl in der Eingabe zitieren</translation>
    </message>
    <message>
        <source>Check that the answer&apos;s record gives it again</source>
        <translation>Prüfen, ob das Protokoll der Antwort sie wieder ergibt</translation>
    </message>
    <message>
        <source>Remove the turn and what follows it</source>
        <translation>Den Beitrag und was ihm folgt entfernen</translation>
    </message>
    <message>
        <source>Another answer is being written. Wait for it or stop it.</source>
        <translation>Eine andere Antwort wird gerade geschrieben. Warten Sie darauf, oder halten Sie sie an.</translation>
    </message>
    <message>
        <source>The question and what follows it were removed.</source>
        <translation>Die Frage und was ihr folgt wurden entfernt.</translation>
    </message>
    <message>
        <source>The answer and what follows it were removed.</source>
        <translation>Die Antwort und was ihr folgt wurden entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Writing the answer again from its record.</source>
        <translation>Die Antwort wird aus ihrem Protokoll noch einmal geschrieben.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The record gives the same answer, word for word.</source>
        <translation>Das Protokoll ergibt dieselbe Antwort, Wort für Wort.</translation>
    </message>
    <message>
        <source>The record gives another answer on this computer now.</source>
        <translation>Das Protokoll ergibt auf diesem Computer jetzt eine andere Antwort.</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>Passphrase wählen</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>The same passphrase once more</source>
        <translation>Dieselbe Passphrase noch einmal</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Open the profile (Enter)</source>
        <translation>Das Profil öffnen (Eingabe)</translation>
    </message>
    <message>
        <source>This computer offers no keyring, so a passphrase protects your documents and chats. Nobody can recover it: keep it where you keep other important things.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, deshalb schützt eine Passphrase Ihre Dokumente und Chats. Niemand kann sie wiederherstellen: Bewahren Sie sie dort auf, wo Sie andere wichtige Dinge haben.</translation>
    </message>
    <message>
        <source>Your documents and chats are protected by a passphrase.</source>
        <translation>Ihre Dokumente und Chats sind durch eine Passphrase geschützt.</translation>
    </message>
    <message>
        <source>Your passphrase opens it as well.</source>
        <translation>Ihre Passphrase öffnet es ebenfalls.</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wird geöffnet</translation>
    </message>
    <message>
        <source>Type the passphrase.</source>
        <translation>Tippen Sie die Passphrase.</translation>
    </message>
    <message>
        <source>Use at least {count} characters; a short sentence is best.</source>
        <translation>Nehmen Sie mindestens {count} Zeichen; ein kurzer Satz ist am besten.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Die beiden stimmen nicht überein.</translation>
    </message>
</context>
<context>
    <name>VoiceEditor</name>
    <message>
        <source>Name of the voice</source>
        <translation>Name der Stimme</translation>
    </message>
    <message>
        <source>House style</source>
        <translation>Hausstil</translation>
    </message>
    <message>
        <source>Paste your style guide, or take it from a file.</source>
        <translation>Fügen Sie Ihren Stilleitfaden ein, oder nehmen Sie ihn aus einer Datei.</translation>
    </message>
    <message>
        <source>Words to use, with commas between</source>
        <translation>Zu verwendende Wörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Words to avoid, with commas between</source>
        <translation>Zu meidende Wörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>Anrede</translation>
    </message>
    <message>
        <source>Dear {name},</source>
        <translation>Guten Tag {name},</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>Schluss</translation>
    </message>
    <message>
        <source>Rules, one a line</source>
        <translation>Regeln, eine pro Zeile</translation>
    </message>
    <message>
        <source>Derived from pairs and house style when the voice is saved.</source>
        <translation>Werden aus Paaren und Hausstil abgeleitet, wenn die Stimme gespeichert wird.</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Avoid</source>
        <translation>Meiden</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>This is what a model is told, a rule on each line. Edit it as you like: what you write stays when pairs are added, and what you take out stays out.</source>
        <translation>Das wird einem Modell gesagt, in jeder Zeile eine Regel. Ändern Sie es, wie Sie möchten: Was Sie schreiben, bleibt, wenn Paare hinzukommen, und was Sie streichen, bleibt gestrichen.</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>A LoRA trained for this voice. It is used for rewriting in this voice alone.</source>
        <translation>Eine LoRA, die für diese Stimme trainiert wurde. Sie wird nur zum Umschreiben in dieser Stimme verwendet.</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Pairs are held back and rewritten, with the voice and without, to see how close that comes to what you wrote.</source>
        <translation>Paare werden zurückgehalten und umgeschrieben, mit der Stimme und ohne sie, um zu sehen, wie nahe das an das kommt, was Sie geschrieben haben.</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>Aus einer Datei</translation>
    </message>
    <message>
        <source>House style, from a file</source>
        <translation>Hausstil, aus einer Datei</translation>
    </message>
    <message>
        <source>Choose a style guide</source>
        <translation>Stilleitfaden wählen</translation>
    </message>
</context>
<context>
    <name>VoiceFileActions</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a voice from a file</source>
        <translation>Eine Stimme aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export the voice as one file</source>
        <translation>Die Stimme als eine Datei exportieren</translation>
    </message>
    <message>
        <source>Import a voice</source>
        <translation>Stimme importieren</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Export the voice</source>
        <translation>Stimme exportieren</translation>
    </message>
    <message>
        <source>“{name}” was exported to {file}.</source>
        <translation>„{name}“ wurde nach {file} exportiert.</translation>
    </message>
    <message>
        <source>Its adapter of {size} stays here; a file that ends with .voice takes it along.</source>
        <translation>Ihr Adapter mit {size} bleibt hier; eine Datei, die auf .voice endet, nimmt ihn mit.</translation>
    </message>
</context>
<context>
    <name>VoiceWork</name>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the work on the voice</source>
        <translation>Die Arbeit an der Stimme anhalten</translation>
    </message>
    <message>
        <source>Measuring the fit</source>
        <translation>Die Güte wird gemessen</translation>
    </message>
    <message>
        <source>No example came of it: the model changed facts, or nothing. A larger one does better, and so do texts of your own.</source>
        <translation>Daraus wurde kein Beispiel: Das Modell hat Angaben geändert oder gar nichts. Ein größeres kann es besser, und ebenso Texte von Ihnen.</translation>
    </message>
    <message>
        <source>Of {count} texts no example came: the model changed a fact in them, or nothing.</source>
        <translation>Aus {count} Texten wurde kein Beispiel: Das Modell hat darin eine Angabe geändert oder gar nichts.</translation>
    </message>
    <message>
        <source>Making examples</source>
        <translation>Beispiele werden gemacht</translation>
    </message>
</context>
<context>
    <name>Voices</name>
    <message>
        <source>1 pair</source>
        <translation>1 Paar</translation>
    </message>
    <message>
        <source>{count} pairs</source>
        <translation>{count} Paare</translation>
    </message>
    <message>
        <source>1 rule</source>
        <translation>1 Regel</translation>
    </message>
    <message>
        <source>{count} rules</source>
        <translation>{count} Regeln</translation>
    </message>
    <message>
        <source>an adapter</source>
        <translation>ein Adapter</translation>
    </message>
    <message>
        <source>The voice brings rewrites closer to how you write</source>
        <translation>Die Stimme bringt Umschreibungen näher an Ihre Schreibweise</translation>
    </message>
    <message>
        <source>The voice takes rewrites further away from how you write</source>
        <translation>Die Stimme führt Umschreibungen weiter weg von Ihrer Schreibweise</translation>
    </message>
    <message>
        <source>The voice makes little difference</source>
        <translation>Die Stimme macht kaum einen Unterschied</translation>
    </message>
    <message>
        <source>length of sentences</source>
        <translation>Länge der Sätze</translation>
    </message>
    <message>
        <source>formality</source>
        <translation>Förmlichkeit</translation>
    </message>
    <message>
        <source>choice of words</source>
        <translation>Wortwahl</translation>
    </message>
    <message>
        <source>use of preferred words</source>
        <translation>Gebrauch bevorzugter Wörter</translation>
    </message>
    <message>
        <source>{verdict}: {ours} of 100 with it, {bare} without, over {pairs} of your pairs that it was not shown. Closest is its {most}, furthest off its {least}.</source>
        <translation>{verdict}: {ours} von 100 mit ihr, {bare} ohne, über {pairs} Ihrer Paare, die ihr nicht gezeigt wurden. Am nächsten: {most}, am weitesten entfernt: {least}.</translation>
    </message>
</context>
<context>
    <name>VoicesFrame</name>
    <message>
        <source>No voices yet</source>
        <translation>Noch keine Stimmen</translation>
    </message>
    <message>
        <source>A voice is how your office writes: a few texts as they were and as you would have them, your house style, the words you use and avoid. New voice begins one.</source>
        <translation>Eine Stimme ist die Schreibweise Ihres Büros: ein paar Texte, wie sie waren und wie Sie sie hätten, Ihr Hausstil, die Wörter, die Sie verwenden und meiden. Mit Neue Stimme beginnen Sie eine.</translation>
    </message>
</context>
<context>
    <name>VoicesView</name>
    <message>
        <source>Voices</source>
        <translation>Stimmen</translation>
    </message>
    <message>
        <source>New voice</source>
        <translation>Neue Stimme</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the voice</source>
        <translation>Die Stimme speichern</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete the voice</source>
        <translation>Die Stimme löschen</translation>
    </message>
    <message>
        <source>Derive again</source>
        <translation>Neu ableiten</translation>
    </message>
    <message>
        <source>Derive the rules again from pairs and house style</source>
        <translation>Die Regeln neu aus Paaren und Hausstil ableiten</translation>
    </message>
    <message>
        <source>Measure the fit</source>
        <translation>Güte messen</translation>
    </message>
    <message>
        <source>Go back to it</source>
        <translation>Dorthin zurück</translation>
    </message>
    <message>
        <source>The voice “{name}” was deleted.</source>
        <translation>Die Stimme „{name}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>New voice {number}</source>
        <translation>Neue Stimme {number}</translation>
    </message>
    <message>
        <source>Choose texts to make examples of</source>
        <translation>Texte wählen, aus denen Beispiele werden sollen</translation>
    </message>
    <message>
        <source>The pair was taken out.</source>
        <translation>Das Paar wurde herausgenommen.</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>Stopping</source>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>Searching your documents</source>
        <translation>Ihre Dokumente werden durchsucht</translation>
    </message>
    <message>
        <source>Summarising the oldest questions</source>
        <translation>Die ältesten Fragen werden zusammengefasst</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Loading the model, {percent} %</source>
        <translation>Das Modell wird geladen, {percent} %</translation>
    </message>
    <message>
        <source>Reading the document, {done} of {total} parts</source>
        <translation>Das Dokument wird gelesen, {done} von {total} Teilen</translation>
    </message>
    <message>
        <source>Reading passages, {done} of {total} tokens</source>
        <translation>Textstellen werden gelesen, {done} von {total} Token</translation>
    </message>
</context>
<context>
    <name>WishPanel</name>
    <message>
        <source>Tones and voices</source>
        <translation>Tonlagen und Stimmen</translation>
    </message>
    <message>
        <source>Voice: {name}</source>
        <translation>Stimme: {name}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Leicht</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Stark</translation>
    </message>
    <message>
        <source>Rewrite: {strength}</source>
        <translation>Umschreiben: {strength}</translation>
    </message>
    <message>
        <source>How far the rewrite goes</source>
        <translation>Wie weit das Umschreiben geht</translation>
    </message>
    <message>
        <source>Keep the length</source>
        <translation>Länge beibehalten</translation>
    </message>
    <message>
        <source>Instruction in your own words</source>
        <translation>Anweisung in eigenen Worten</translation>
    </message>
    <message>
        <source>In your own words: address the reader as you</source>
        <translation>In eigenen Worten: den Leser mit Sie ansprechen</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>Tonlage</translation>
    </message>
</context>
<context>
    <name>WritingDesk</name>
    <message>
        <source>Rewrite</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>Rewrite the text</source>
        <translation>Den Text umschreiben</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop rewriting</source>
        <translation>Das Umschreiben anhalten</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Open a text, Word document or mail to rewrite</source>
        <translation>Einen Text, ein Word-Dokument oder eine Mail zum Umschreiben öffnen</translation>
    </message>
    <message>
        <source>Comparing both texts</source>
        <translation>Beide Texte werden verglichen</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Wird begonnen</translation>
    </message>
    <message>
        <source>Loading the model, {done} %</source>
        <translation>Das Modell wird geladen, {done} %</translation>
    </message>
    <message>
        <source>{paragraph}, reading {share} %</source>
        <translation>{paragraph}, {share} % gelesen</translation>
    </message>
    <message>
        <source>Paragraph {number} of {total}</source>
        <translation>Absatz {number} von {total}</translation>
    </message>
    <message>
        <source>No model that can write is on this computer. Install one on the Models page.</source>
        <translation>Auf diesem Computer ist kein Modell, das schreiben kann. Installieren Sie eines auf der Seite Modelle.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Open the Models page</source>
        <translation>Die Seite Modelle öffnen</translation>
    </message>
</context>
<context>
    <name>_List</name>
    <message>
        <source>Facts that differ, and what was kept</source>
        <translation>Angaben, die abweichen, und was unverändert blieb</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Something went wrong.</source>
        <translation>Etwas ist schiefgegangen.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>There is a collection named {name} already.</source>
        <translation>Es gibt schon eine Sammlung namens {name}.</translation>
    </message>
    <message>
        <source>Choose another name, or put the documents into that one.</source>
        <translation>Wählen Sie einen anderen Namen, oder nehmen Sie die Dokumente in diese auf.</translation>
    </message>
    <message>
        <source>There is no collection named {name}.</source>
        <translation>Es gibt keine Sammlung namens {name}.</translation>
    </message>
    <message>
        <source>Choose another, or index something into it: escritoire index --collection {name} PATH.</source>
        <translation>Wählen Sie eine andere, oder nehmen Sie etwas in sie auf: escritoire index --collection {name} PFAD.</translation>
    </message>
    <message>
        <source>{file} has changed since it was read.</source>
        <translation>{file} hat sich geändert, seit es gelesen wurde.</translation>
    </message>
    <message>
        <source>Add it again; the stored text is shown until then.</source>
        <translation>Fügen Sie es noch einmal hinzu; bis dahin wird der gespeicherte Text gezeigt.</translation>
    </message>
    <message>
        <source>{file} is damaged or cut short and cannot be opened.</source>
        <translation>{file} ist beschädigt oder abgeschnitten und lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Fetch it again from where it came from.</source>
        <translation>Holen Sie es noch einmal dort, wo es herkam.</translation>
    </message>
    <message>
        <source>{file} is not there.</source>
        <translation>{file} ist nicht da.</translation>
    </message>
    <message>
        <source>Check the path; if the file was moved, add it again from its new place.</source>
        <translation>Prüfen Sie den Pfad; wenn die Datei verschoben wurde, fügen Sie sie von ihrem neuen Ort noch einmal hinzu.</translation>
    </message>
    <message>
        <source>Several documents are named {name}.</source>
        <translation>Mehrere Dokumente heißen {name}.</translation>
    </message>
    <message>
        <source>Say which one by its path, or look it up: escritoire documents list.</source>
        <translation>Nennen Sie das gemeinte mit seinem Pfad, oder sehen Sie nach: escritoire documents list.</translation>
    </message>
    <message>
        <source>{file} made the reader crash, so it is left alone.</source>
        <translation>{file} hat das Leseprogramm abstürzen lassen, deshalb bleibt es außen vor.</translation>
    </message>
    <message>
        <source>Print it to a new PDF and add that; the other files are not affected.</source>
        <translation>Drucken Sie es in eine neue PDF-Datei, und fügen Sie diese hinzu; die anderen Dateien sind nicht betroffen.</translation>
    </message>
    <message>
        <source>{file} takes more {resource} to read than is safe, so reading was stopped.</source>
        <translation>{file} zu lesen braucht mehr {resource}, als sicher ist, deshalb wurde das Lesen angehalten.</translation>
    </message>
    <message>
        <source>Print it to a new PDF, or split it, and add that.</source>
        <translation>Drucken Sie es in eine neue PDF-Datei, oder teilen Sie es auf, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>There is no document {name} in the library.</source>
        <translation>In der Bibliothek ist kein Dokument {name}.</translation>
    </message>
    <message>
        <source>Look on the Documents page, or list them: escritoire documents list.</source>
        <translation>Sehen Sie auf der Seite Dokumente nach, oder mit: escritoire documents list.</translation>
    </message>
    <message>
        <source>{file} may not be read: {reason}.</source>
        <translation>{file} darf nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Ask for the right to read it, or copy it to a folder of yours.</source>
        <translation>Bitten Sie um das Recht, es zu lesen, oder kopieren Sie es in einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>The folder {file} is not there now: {reason}.</source>
        <translation>Der Ordner {file} ist zurzeit nicht da: {reason}.</translation>
    </message>
    <message>
        <source>Plug in or connect the drive that it is on. What was read of it stays searchable.</source>
        <translation>Schließen Sie das Laufwerk an, auf dem er ist. Was daraus gelesen wurde, bleibt durchsuchbar.</translation>
    </message>
    <message>
        <source>{file} is watched already, as {other} is.</source>
        <translation>{file} wird schon beobachtet, so wie {other}.</translation>
    </message>
    <message>
        <source>Choose a folder that neither lies in a watched one nor holds one.</source>
        <translation>Wählen Sie einen Ordner, der weder in einem beobachteten liegt noch einen enthält.</translation>
    </message>
    <message>
        <source>{file} is not a watched folder.</source>
        <translation>{file} ist kein beobachteter Ordner.</translation>
    </message>
    <message>
        <source>Choose one of those on the Documents page, or see: escritoire folders list.</source>
        <translation>Wählen Sie einen von der Seite Dokumente, oder sehen Sie nach: escritoire folders list.</translation>
    </message>
    <message>
        <source>{file} has a format that this version does not read.</source>
        <translation>{file} hat ein Format, das diese Version nicht liest.</translation>
    </message>
    <message>
        <source>Save it as PDF and add that.</source>
        <translation>Speichern Sie es als PDF, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>{file} has no pages.</source>
        <translation>{file} hat keine Seiten.</translation>
    </message>
    <message>
        <source>Export it again from the program it came from.</source>
        <translation>Exportieren Sie es noch einmal aus dem Programm, aus dem es kam.</translation>
    </message>
    <message>
        <source>{file} is not a PDF, whatever its name says.</source>
        <translation>{file} ist keine PDF-Datei, gleich wie es heißt.</translation>
    </message>
    <message>
        <source>Open it in the program it came from and save it as PDF.</source>
        <translation>Öffnen Sie es in dem Programm, aus dem es kam, und speichern Sie es als PDF.</translation>
    </message>
    <message>
        <source>There is no document in {file} that this version reads.</source>
        <translation>In {file} ist kein Dokument, das diese Version liest.</translation>
    </message>
    <message>
        <source>Choose a folder with documents in it.</source>
        <translation>Wählen Sie einen Ordner, in dem Dokumente sind.</translation>
    </message>
    <message>
        <source>{file} has no text that could be summarised.</source>
        <translation>{file} hat keinen Text, der sich zusammenfassen ließe.</translation>
    </message>
    <message>
        <source>If it was added a moment ago, wait until it has been read; a scan may need OCR.</source>
        <translation>Wenn es gerade erst hinzukam, warten Sie, bis es gelesen ist; ein Scan braucht vielleicht Texterkennung.</translation>
    </message>
    <message>
        <source>{file} has no page images, so its text is shown.</source>
        <translation>{file} hat keine Seitenbilder, deshalb wird sein Text gezeigt.</translation>
    </message>
    <message>
        <source>Open it in the program it came from to see it as it was laid out.</source>
        <translation>Öffnen Sie es in dem Programm, aus dem es kam, um zu sehen, wie es gesetzt war.</translation>
    </message>
    <message>
        <source>{file} is protected by a password.</source>
        <translation>{file} ist durch ein Passwort geschützt.</translation>
    </message>
    <message>
        <source>Give the password, or save a copy without one.</source>
        <translation>Geben Sie das Passwort ein, oder speichern Sie eine Kopie ohne.</translation>
    </message>
    <message>
        <source>That password does not open {file}.</source>
        <translation>Dieses Passwort öffnet {file} nicht.</translation>
    </message>
    <message>
        <source>Check capitals and keyboard layout and try again.</source>
        <translation>Prüfen Sie Großschreibung und Tastaturbelegung, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{file} is no file for reading scans that this version knows.</source>
        <translation>{file} ist keine Datei zum Lesen von Scans, die diese Version kennt.</translation>
    </message>
    <message>
        <source>Choose one of the files that Settings names, as it was published.</source>
        <translation>Wählen Sie eine der Dateien, die in den Einstellungen genannt sind, so wie sie veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>Scans cannot be read in the script {script}: its file {file} is not here.</source>
        <translation>Scans in der Schrift {script} lassen sich nicht lesen: Die Datei {file} ist nicht hier.</translation>
    </message>
    <message>
        <source>Add that file in Settings, or on the command line: escritoire scripts add FILE.</source>
        <translation>Fügen Sie die Datei in den Einstellungen hinzu, oder mit: escritoire scripts add DATEI.</translation>
    </message>
    <message>
        <source>That conversation has no answer {number}: it has {count}.</source>
        <translation>Diese Unterhaltung hat keine Antwort {number}: Sie hat {count}.</translation>
    </message>
    <message>
        <source>Choose an earlier one, or count them with: escritoire conversations show NUMBER.</source>
        <translation>Wählen Sie eine frühere, oder zählen Sie mit: escritoire conversations show NUMMER.</translation>
    </message>
    <message>
        <source>There is no conversation {number}.</source>
        <translation>Es gibt keine Unterhaltung {number}.</translation>
    </message>
    <message>
        <source>Choose another, or look its number up with: escritoire conversations list.</source>
        <translation>Wählen Sie eine andere, oder sehen Sie die Nummer nach: escritoire conversations list.</translation>
    </message>
    <message>
        <source>{file} holds no conversations that can be taken in: {reason}.</source>
        <translation>{file} enthält keine Unterhaltungen, die sich übernehmen lassen: {reason}.</translation>
    </message>
    <message>
        <source>Export them again from the program they are from, and choose that file as it came.</source>
        <translation>Exportieren Sie sie aus ihrem Programm noch einmal, und wählen Sie diese Datei unverändert.</translation>
    </message>
    <message>
        <source>{file} is larger than can be taken in: {reason}.</source>
        <translation>{file} ist größer, als sich übernehmen lässt: {reason}.</translation>
    </message>
    <message>
        <source>Export fewer conversations at once.</source>
        <translation>Exportieren Sie weniger Unterhaltungen auf einmal.</translation>
    </message>
    <message>
        <source>{file} does not say what it is to be written as.</source>
        <translation>{file} sagt nicht, als was geschrieben werden soll.</translation>
    </message>
    <message>
        <source>Let its name end with .md, .docx, .pdf or .json.</source>
        <translation>Lassen Sie den Namen auf .md, .docx, .pdf oder .json enden.</translation>
    </message>
    <message>
        <source>The disk is full: {path} could not be written.</source>
        <translation>Der Datenträger ist voll: {path} konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Free some space and try again; nothing that was saved is lost.</source>
        <translation>Schaffen Sie Platz, und versuchen Sie es noch einmal; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>Check the path and the right to read it.</source>
        <translation>Prüfen Sie den Pfad und das Recht, ihn zu lesen.</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>{file} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>The search index is damaged ({reason}).</source>
        <translation>Der Suchindex ist beschädigt ({reason}).</translation>
    </message>
    <message>
        <source>Start Escritoire again: it rebuilds the index from your stored documents.</source>
        <translation>Starten Sie Escritoire neu: Es baut den Index aus Ihren gespeicherten Dokumenten wieder auf.</translation>
    </message>
    <message>
        <source>Line {line} of {file} cannot be read: {reason}.</source>
        <translation>Zeile {line} von {file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>Give one JSON object a line, such as {{&quot;id&quot;: &quot;1&quot;, &quot;query&quot;: &quot;Who signed it?&quot;}}.</source>
        <translation>Geben Sie pro Zeile ein JSON-Objekt an, etwa {{&quot;id&quot;: &quot;1&quot;, &quot;query&quot;: &quot;Wer hat unterschrieben?&quot;}}.</translation>
    </message>
    <message>
        <source>The adapter {adapter} was not made for {model}: {reason}.</source>
        <translation>Der Adapter {adapter} wurde nicht für {model} gemacht: {reason}.</translation>
    </message>
    <message>
        <source>Use it with the model that it was made for.</source>
        <translation>Verwenden Sie ihn mit dem Modell, für das er gemacht wurde.</translation>
    </message>
    <message>
        <source>{model} gave no answer: {cause}.</source>
        <translation>{model} hat keine Antwort gegeben: {cause}.</translation>
    </message>
    <message>
        <source>Ask in other words, or choose another model; the passages found are below.</source>
        <translation>Fragen Sie mit anderen Worten, oder wählen Sie ein anderes Modell; die gefundenen Textstellen stehen darunter.</translation>
    </message>
    <message>
        <source>{model} was made for {limit} tokens at a time, not for {tokens}.</source>
        <translation>{model} ist für {limit} Token auf einmal gemacht, nicht für {tokens}.</translation>
    </message>
    <message>
        <source>Choose a context window of {limit} tokens or fewer.</source>
        <translation>Wählen Sie ein Kontextfenster von höchstens {limit} Token.</translation>
    </message>
    <message>
        <source>There is no device named {device} here.</source>
        <translation>Hier gibt es kein Gerät namens {device}.</translation>
    </message>
    <message>
        <source>Choose another one on the Models page, or one of those listed by: escritoire doctor.</source>
        <translation>Wählen Sie auf der Seite Modelle ein anderes, oder eines von denen, die escritoire doctor aufführt.</translation>
    </message>
    <message>
        <source>No embedding model is installed, so meaning cannot be searched.</source>
        <translation>Kein Einbettungsmodell ist installiert, deshalb lässt sich nicht nach Bedeutung suchen.</translation>
    </message>
    <message>
        <source>Run the installation again; words are searched until then.</source>
        <translation>Führen Sie die Installation noch einmal aus; bis dahin wird nach Wörtern gesucht.</translation>
    </message>
    <message>
        <source>The pack cannot be written to {model}: {reason}.</source>
        <translation>Das Paket kann nicht nach {model} geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose a new folder, in a place that you may write to.</source>
        <translation>Wählen Sie einen neuen Ordner an einem Ort, an den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>The file of {model} is not the one that was verified, so it is not loaded.</source>
        <translation>Die Datei von {model} ist nicht die, die geprüft wurde, deshalb wird sie nicht geladen.</translation>
    </message>
    <message>
        <source>Install the model again.</source>
        <translation>Installieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>{model} is answering at the moment.</source>
        <translation>{model} antwortet gerade.</translation>
    </message>
    <message>
        <source>Wait until it has answered, or press Stop.</source>
        <translation>Warten Sie, bis es geantwortet hat, oder drücken Sie Anhalten.</translation>
    </message>
    <message>
        <source>There is a model named {model} already.</source>
        <translation>Es gibt schon ein Modell namens {model}.</translation>
    </message>
    <message>
        <source>Remove it first, or rename the file.</source>
        <translation>Entfernen Sie es zuerst, oder benennen Sie die Datei um.</translation>
    </message>
    <message>
        <source>The model {model} is not on this computer.</source>
        <translation>Das Modell {model} ist nicht auf diesem Computer.</translation>
    </message>
    <message>
        <source>Put it back or choose another model; until then, answers quote your documents.</source>
        <translation>Holen Sie es zurück, oder wählen Sie ein anderes; bis dahin zitieren Antworten Ihre Dokumente.</translation>
    </message>
    <message>
        <source>{model} cannot be removed: {reason}.</source>
        <translation>{model} lässt sich nicht entfernen: {reason}.</translation>
    </message>
    <message>
        <source>Choose another model to answer; this one takes no space of the profile&apos;s.</source>
        <translation>Wählen Sie ein anderes Modell zum Antworten; dieses nimmt dem Profil keinen Platz.</translation>
    </message>
    <message>
        <source>{model} needs {needed}, and this computer has {free} free.</source>
        <translation>{model} braucht {needed}, und auf diesem Computer sind {free} frei.</translation>
    </message>
    <message>
        <source>Choose a smaller model or quantization, or a shorter context window.</source>
        <translation>Wählen Sie ein kleineres Modell, eine kleinere Quantisierung oder ein kürzeres Kontextfenster.</translation>
    </message>
    <message>
        <source>The model {model} cannot be loaded: {reason}.</source>
        <translation>Das Modell {model} lässt sich nicht laden: {reason}.</translation>
    </message>
    <message>
        <source>Choose another model, a smaller one if memory is short, or install it again; until then, answers quote your documents.</source>
        <translation>Wählen Sie ein anderes Modell, bei knappem Speicher ein kleineres, oder installieren Sie es noch einmal; bis dahin zitieren Antworten Ihre Dokumente.</translation>
    </message>
    <message>
        <source>{model} is not a model that can be used: {reason}.</source>
        <translation>{model} ist kein Modell, das sich verwenden lässt: {reason}.</translation>
    </message>
    <message>
        <source>Choose a GGUF file, a folder with an embedding model or a reranker in safetensors, or a pack.</source>
        <translation>Wählen Sie eine GGUF-Datei, einen Ordner mit einem Einbettungsmodell oder Reranker als safetensors, oder ein Paket.</translation>
    </message>
    <message>
        <source>The pack {model} is not what was packed: {reason}.</source>
        <translation>Das Paket {model} ist nicht, was gepackt wurde: {reason}.</translation>
    </message>
    <message>
        <source>Make it again on the computer that it came from.</source>
        <translation>Lassen Sie es auf dem Computer noch einmal packen, von dem es kommt.</translation>
    </message>
    <message>
        <source>The question has {tokens} tokens, more than the {limit} the model can take in.</source>
        <translation>Die Frage hat {tokens} Token, mehr als die {limit}, die das Modell aufnehmen kann.</translation>
    </message>
    <message>
        <source>Shorten the question or start a new chat.</source>
        <translation>Kürzen Sie die Frage, oder beginnen Sie einen neuen Chat.</translation>
    </message>
    <message>
        <source>{model} did not answer in time, so it is not asked to order passages any more.</source>
        <translation>{model} hat nicht rechtzeitig geantwortet und wird nicht mehr gebeten, Textstellen zu ordnen.</translation>
    </message>
    <message>
        <source>Choose another one on the Models page, or start Escritoire again to try it once more.</source>
        <translation>Wählen Sie auf der Seite Modelle ein anderes, oder starten Sie Escritoire neu, um es noch einmal zu versuchen.</translation>
    </message>
    <message>
        <source>{model} cannot be removed: your documents are searched with it.</source>
        <translation>{model} lässt sich nicht entfernen: Ihre Dokumente werden damit durchsucht.</translation>
    </message>
    <message>
        <source>Use another one for that first; once your documents are embedded with it, remove this.</source>
        <translation>Verwenden Sie dafür zuerst ein anderes; sobald Ihre Dokumente damit eingebettet sind, entfernen Sie dieses.</translation>
    </message>
    <message>
        <source>The chat template of {model} does not work: {reason}.</source>
        <translation>Die Chat-Vorlage von {model} funktioniert nicht: {reason}.</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>What came for {file} is not what the hub promised, so it was thrown away.</source>
        <translation>Was für {file} kam, ist nicht, was der Hub zugesagt hat, deshalb wurde es verworfen.</translation>
    </message>
    <message>
        <source>Fetch it again; if that happens twice, something between here and the hub changes it.</source>
        <translation>Laden Sie es noch einmal; wenn das zweimal geschieht, verändert es etwas auf dem Weg hierher.</translation>
    </message>
    <message>
        <source>{host} is not one of the hosts that models may come from, so it was not asked.</source>
        <translation>{host} gehört nicht zu den Rechnern, von denen Modelle kommen dürfen, deshalb wurde nicht angefragt.</translation>
    </message>
    <message>
        <source>If it is your own mirror, set it as the hub in Settings.</source>
        <translation>Wenn es Ihr eigener Spiegel ist, tragen Sie ihn in den Einstellungen als Hub ein.</translation>
    </message>
    <message>
        <source>{host} answered with an error ({status}).</source>
        <translation>{host} hat mit einem Fehler geantwortet ({status}).</translation>
    </message>
    <message>
        <source>Try again later; a download goes on where it stopped.</source>
        <translation>Versuchen Sie es später noch einmal; ein Download geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>{host} cannot be reached: {reason}.</source>
        <translation>{host} ist nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>Check the connection and the proxy; a download goes on where it stopped.</source>
        <translation>Prüfen Sie die Verbindung und den Proxy; ein Download geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>This computer offers no keyring, and an access token is kept nowhere else.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, und ein Zugriffstoken wird nirgends sonst aufbewahrt.</translation>
    </message>
    <message>
        <source>Unlock or install a keyring of the system, and enter the token again.</source>
        <translation>Entsperren oder installieren Sie einen Schlüsselbund des Systems, und geben Sie das Token noch einmal ein.</translation>
    </message>
    <message>
        <source>{repository} is given only to people who have accepted its licence.</source>
        <translation>{repository} wird nur denen gegeben, die seine Lizenz angenommen haben.</translation>
    </message>
    <message>
        <source>Accept it at {page} and try again.</source>
        <translation>Nehmen Sie sie auf {page} an, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Escritoire is set to stay offline, so nothing was asked of {host}.</source>
        <translation>Escritoire soll offline bleiben, deshalb wurde {host} nichts gefragt.</translation>
    </message>
    <message>
        <source>Turn the offline switch off in Settings to fetch models.</source>
        <translation>Schalten Sie Offline in den Einstellungen aus, um Modelle zu laden.</translation>
    </message>
    <message>
        <source>The hub has no {repository}.</source>
        <translation>Der Hub hat kein {repository}.</translation>
    </message>
    <message>
        <source>Check how it is spelt, or search for it.</source>
        <translation>Prüfen Sie die Schreibweise, oder suchen Sie danach.</translation>
    </message>
    <message>
        <source>{repository} is given only to people who are signed in.</source>
        <translation>{repository} wird nur denen gegeben, die angemeldet sind.</translation>
    </message>
    <message>
        <source>Enter an access token of yours in Settings, or with: escritoire models token.</source>
        <translation>Geben Sie in den Einstellungen ein Zugriffstoken ein, oder mit: escritoire models token.</translation>
    </message>
    <message>
        <source>{host} does not know that access token.</source>
        <translation>{host} kennt dieses Zugriffstoken nicht.</translation>
    </message>
    <message>
        <source>Make a new one with the right to read, in your account there, and enter that.</source>
        <translation>Erstellen Sie dort in Ihrem Konto ein neues mit dem Recht zu lesen, und geben Sie dieses ein.</translation>
    </message>
    <message>
        <source>The keyring no longer holds the key of the profile {profile}.</source>
        <translation>Der Schlüsselbund hat den Schlüssel des Profils {profile} nicht mehr.</translation>
    </message>
    <message>
        <source>Unlock the keyring, or give the passphrase with --passphrase-file PATH.</source>
        <translation>Entsperren Sie den Schlüsselbund, oder geben Sie die Passphrase mit --passphrase-file PFAD an.</translation>
    </message>
    <message>
        <source>The profile {profile} needs a passphrase, as no keyring here holds its key.</source>
        <translation>Das Profil {profile} braucht eine Passphrase, denn kein Schlüsselbund hier hat seinen Schlüssel.</translation>
    </message>
    <message>
        <source>Put one into a file and give it with --passphrase-file PATH.</source>
        <translation>Schreiben Sie eine in eine Datei, und geben Sie diese mit --passphrase-file PFAD an.</translation>
    </message>
    <message>
        <source>That passphrase does not open the profile {profile}.</source>
        <translation>Diese Passphrase öffnet das Profil {profile} nicht.</translation>
    </message>
    <message>
        <source>Another copy of Escritoire has the profile {profile} open.</source>
        <translation>Ein anderes Escritoire hat das Profil {profile} geöffnet.</translation>
    </message>
    <message>
        <source>Close that copy, or choose another profile with --profile.</source>
        <translation>Schließen Sie es, oder wählen Sie mit --profile ein anderes Profil.</translation>
    </message>
    <message>
        <source>The folder {profile} cannot be used: {reason}.</source>
        <translation>Der Ordner {profile} lässt sich nicht verwenden: {reason}.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to with --profile.</source>
        <translation>Wählen Sie mit --profile einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>The database of the profile {profile} is damaged; it has not been changed.</source>
        <translation>Die Datenbank des Profils {profile} ist beschädigt; sie wurde nicht verändert.</translation>
    </message>
    <message>
        <source>Put back the newest backup from {backups}, or start with another profile.</source>
        <translation>Setzen Sie die neueste Sicherung aus {backups} zurück, oder beginnen Sie mit einem anderen Profil.</translation>
    </message>
    <message>
        <source>The profile {profile} was made by a newer version of Escritoire.</source>
        <translation>Das Profil {profile} stammt von einer neueren Version von Escritoire.</translation>
    </message>
    <message>
        <source>Open it with that version, or choose another profile with --profile.</source>
        <translation>Öffnen Sie es mit dieser Version, oder wählen Sie mit --profile ein anderes Profil.</translation>
    </message>
    <message>
        <source>A password manager marked what is on the clipboard as secret, so it was not read.</source>
        <translation>Ein Passwortmanager hat den Inhalt der Zwischenablage als geheim gekennzeichnet, deshalb wurde er nicht gelesen.</translation>
    </message>
    <message>
        <source>Copy the text to rewrite, and try again.</source>
        <translation>Kopieren Sie den umzuschreibenden Text, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The {source} cannot be read from here: {reason}.</source>
        <translation>{source} lässt sich von hier nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>Start Escritoire first, which reads it itself, or hand the text in on standard input.</source>
        <translation>Starten Sie zuerst Escritoire, das selbst liest, oder übergeben Sie den Text über die Standardeingabe.</translation>
    </message>
    <message>
        <source>The voice {voice} has no pairs, so there is nothing to make more of.</source>
        <translation>Die Stimme {voice} hat keine Paare, deshalb gibt es nichts, wovon mehr zu machen wäre.</translation>
    </message>
    <message>
        <source>Give it a pair first, or give a text to be rewritten in it.</source>
        <translation>Geben Sie ihr zuerst ein Paar, oder einen Text, der in ihr umgeschrieben werden soll.</translation>
    </message>
    <message>
        <source>There is a file {file} already.</source>
        <translation>Es gibt schon eine Datei {file}.</translation>
    </message>
    <message>
        <source>Give the rewritten file another name, or move that one away.</source>
        <translation>Geben Sie der umgeschriebenen Datei einen anderen Namen, oder verschieben Sie die vorhandene.</translation>
    </message>
    <message>
        <source>{file} has changed since it was read, so the rewrite does not fit it any more.</source>
        <translation>{file} hat sich geändert, seit es gelesen wurde, deshalb passt die Umschreibung nicht mehr dazu.</translation>
    </message>
    <message>
        <source>Open it again and rewrite it anew; the rewritten text can be copied until then.</source>
        <translation>Öffnen Sie es noch einmal, und schreiben Sie es neu um; den umgeschriebenen Text können Sie bis dahin kopieren.</translation>
    </message>
    <message>
        <source>{file} is damaged or not what its name says, so it is not rewritten: {reason}.</source>
        <translation>{file} ist beschädigt oder nicht, was sein Name sagt, deshalb wird es nicht umgeschrieben: {reason}.</translation>
    </message>
    <message>
        <source>Open it in the program it came from and save it again.</source>
        <translation>Öffnen Sie es in dem Programm, aus dem es kam, und speichern Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{file} is protected by a password, so it cannot be rewritten.</source>
        <translation>{file} ist durch ein Passwort geschützt, deshalb lässt es sich nicht umschreiben.</translation>
    </message>
    <message>
        <source>Save a copy without one and rewrite that.</source>
        <translation>Speichern Sie eine Kopie ohne Passwort, und schreiben Sie diese um.</translation>
    </message>
    <message>
        <source>{file} is the original, which is never written over.</source>
        <translation>{file} ist das Original, das nie überschrieben wird.</translation>
    </message>
    <message>
        <source>Give the rewritten file another name, such as {proposed}.</source>
        <translation>Geben Sie der umgeschriebenen Datei einen anderen Namen, etwa {proposed}.</translation>
    </message>
    <message>
        <source>{file} takes more {resource} to take apart than is safe, so it is not rewritten.</source>
        <translation>{file} zu zerlegen braucht mehr {resource}, als sicher ist, deshalb wird es nicht umgeschrieben.</translation>
    </message>
    <message>
        <source>Split it, or paste the part in question as text.</source>
        <translation>Teilen Sie es auf, oder fügen Sie den betreffenden Teil als Text ein.</translation>
    </message>
    <message>
        <source>The voice {voice} has {pairs} pairs, too few to hold some back and measure by them.</source>
        <translation>Die Stimme {voice} hat {pairs} Paare, zu wenige, um einige zurückzuhalten und daran zu messen.</translation>
    </message>
    <message>
        <source>Give it at least {needed}.</source>
        <translation>Geben Sie ihr mindestens {needed}.</translation>
    </message>
    <message>
        <source>There is no text to rewrite.</source>
        <translation>Es gibt keinen Text zum Umschreiben.</translation>
    </message>
    <message>
        <source>Give a sentence or more.</source>
        <translation>Geben Sie mindestens einen Satz ein.</translation>
    </message>
    <message>
        <source>{file} has a format that cannot be rewritten: {reason}.</source>
        <translation>{file} hat ein Format, das sich nicht umschreiben lässt: {reason}.</translation>
    </message>
    <message>
        <source>Save it as .docx, .txt or .md, or paste its text.</source>
        <translation>Speichern Sie es als .docx, .txt oder .md, oder fügen Sie den Text ein.</translation>
    </message>
    <message>
        <source>The text has {characters} characters, more than the {limit} that can be rewritten.</source>
        <translation>Der Text hat {characters} Zeichen, mehr als die {limit}, die sich umschreiben lassen.</translation>
    </message>
    <message>
        <source>Rewrite it in parts.</source>
        <translation>Schreiben Sie ihn in Teilen um.</translation>
    </message>
    <message>
        <source>A single word cannot be rewritten.</source>
        <translation>Ein einzelnes Wort lässt sich nicht umschreiben.</translation>
    </message>
    <message>
        <source>Give the sentence that it stands in.</source>
        <translation>Geben Sie den Satz ein, in dem es steht.</translation>
    </message>
    <message>
        <source>The tone in {file} cannot be read: {reason}.</source>
        <translation>Die Tonlage in {file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>Correct the file, or remove it; the tones that come with Escritoire show its form.</source>
        <translation>Berichtigen Sie die Datei, oder entfernen Sie sie; die Tonlagen, die mit Escritoire kommen, zeigen die Form.</translation>
    </message>
    <message>
        <source>There is no tone named {tone}.</source>
        <translation>Es gibt keine Tonlage namens {tone}.</translation>
    </message>
    <message>
        <source>Choose one of these: {known}.</source>
        <translation>Wählen Sie eine von diesen: {known}.</translation>
    </message>
    <message>
        <source>{file} is not a voice that can be read: {reason}.</source>
        <translation>{file} ist keine Stimme, die sich lesen lässt: {reason}.</translation>
    </message>
    <message>
        <source>Have it exported again where it comes from.</source>
        <translation>Lassen Sie sie dort noch einmal exportieren, wo sie herkommt.</translation>
    </message>
    <message>
        <source>There is a voice named {voice} already.</source>
        <translation>Es gibt schon eine Stimme namens {voice}.</translation>
    </message>
    <message>
        <source>Give this one another name, or remove or replace the one there is.</source>
        <translation>Geben Sie dieser einen anderen Namen, oder entfernen oder ersetzen Sie die vorhandene.</translation>
    </message>
    <message>
        <source>The voice {voice} cannot be kept: {field} may have {limit} at most.</source>
        <translation>Die Stimme {voice} lässt sich nicht behalten: {field} darf höchstens {limit} haben.</translation>
    </message>
    <message>
        <source>Shorten that and save the voice again.</source>
        <translation>Kürzen Sie das, und speichern Sie die Stimme noch einmal.</translation>
    </message>
    <message>
        <source>There is no voice named {voice}.</source>
        <translation>Es gibt keine Stimme namens {voice}.</translation>
    </message>
    <message>
        <source>Choose one that there is: {known}.</source>
        <translation>Wählen Sie eine, die es gibt: {known}.</translation>
    </message>
    <message>
        <source>Escritoire has the profile {profile} open and does not answer.</source>
        <translation>Escritoire hat das Profil {profile} geöffnet und antwortet nicht.</translation>
    </message>
    <message>
        <source>Open its window; if a command of yours is running, wait until it has ended.</source>
        <translation>Öffnen Sie sein Fenster; wenn gerade ein Befehl von Ihnen läuft, warten Sie, bis er beendet ist.</translation>
    </message>
    <message>
        <source>That chat is no longer there.</source>
        <translation>Diesen Chat gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Choose another one, or begin a new chat.</source>
        <translation>Wählen Sie einen anderen, oder beginnen Sie einen neuen Chat.</translation>
    </message>
    <message>
        <source>There is a folder called {name} already.</source>
        <translation>Es gibt schon einen Ordner namens {name}.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The text has {characters} characters, more than the {limit} that a question may.</source>
        <translation>Der Text hat {characters} Zeichen, mehr als die {limit}, die eine Frage haben darf.</translation>
    </message>
    <message>
        <source>Save it as a file, add that to your documents, and ask about it.</source>
        <translation>Speichern Sie ihn als Datei, fügen Sie diese Ihren Dokumenten hinzu, und fragen Sie danach.</translation>
    </message>
    <message>
        <source>What this answer was written from is no longer as it was.</source>
        <translation>Woraus diese Antwort geschrieben wurde, ist nicht mehr, wie es war.</translation>
    </message>
    <message>
        <source>Ask again to have an answer from what there is now.</source>
        <translation>Fragen Sie noch einmal, um eine Antwort aus dem zu bekommen, was jetzt da ist.</translation>
    </message>
    <message>
        <source>That message is no longer there.</source>
        <translation>Diesen Beitrag gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Open the chat again to see what is.</source>
        <translation>Öffnen Sie den Chat noch einmal, um zu sehen, was da ist.</translation>
    </message>
    <message>
        <source>The {worker} stopped unexpectedly ({cause}).</source>
        <translation>{worker} wurde unerwartet beendet ({cause}).</translation>
    </message>
    <message>
        <source>Try again: it starts afresh by itself.</source>
        <translation>Versuchen Sie es noch einmal: Es beginnt von selbst neu.</translation>
    </message>
    <message>
        <source>The {worker} gave no sign of life for {seconds} seconds and was stopped.</source>
        <translation>{worker} hat {seconds} Sekunden lang kein Lebenszeichen gegeben und wurde angehalten.</translation>
    </message>
</context>
<context>
    <name>reasons</name>
    <message>
        <source>a chat in it has no end</source>
        <translation>ein Chat darin hat kein Ende</translation>
    </message>
    <message>
        <source>downloader</source>
        <translation>Das Ladeprogramm</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>Das Antwortprogramm</translation>
    </message>
    <message>
        <source>it came with the installation</source>
        <translation>es kam mit der Installation</translation>
    </message>
    <message>
        <source>it cannot be put together again</source>
        <translation>es lässt sich nicht wieder zusammensetzen</translation>
    </message>
    <message>
        <source>it cannot be taken apart</source>
        <translation>es lässt sich nicht zerlegen</translation>
    </message>
    <message>
        <source>it has no headers, as a mail has</source>
        <translation>es hat keine Kopfzeilen wie eine Mail</translation>
    </message>
    <message>
        <source>it holds bytes that are no text</source>
        <translation>es enthält Bytes, die kein Text sind</translation>
    </message>
    <message>
        <source>it holds no word processing markup</source>
        <translation>es enthält keine Textverarbeitungsdaten</translation>
    </message>
    <message>
        <source>it is a Word document with macros</source>
        <translation>es ist ein Word-Dokument mit Makros</translation>
    </message>
    <message>
        <source>it is a mail without plain text</source>
        <translation>es ist eine Mail ohne reinen Text</translation>
    </message>
    <message>
        <source>it is an archive, but no Word document</source>
        <translation>es ist ein Archiv, aber kein Word-Dokument</translation>
    </message>
    <message>
        <source>it is an old Office document</source>
        <translation>es ist ein altes Office-Dokument</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>it is empty, and on another disk than it was</source>
        <translation>er ist leer und auf einem anderen Datenträger als vorher</translation>
    </message>
    <message>
        <source>it is encrypted in a way that this program does not know</source>
        <translation>es ist auf eine Art verschlüsselt, die dieses Programm nicht kennt</translation>
    </message>
    <message>
        <source>it is no archive of a voice</source>
        <translation>es ist kein Archiv einer Stimme</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>it is no longer there</source>
        <translation>es ist nicht mehr da</translation>
    </message>
    <message>
        <source>it is not JSON</source>
        <translation>es ist kein JSON</translation>
    </message>
    <message>
        <source>it is not a folder</source>
        <translation>es ist kein Ordner</translation>
    </message>
    <message>
        <source>it is not a model that writes text</source>
        <translation>es ist kein Modell, das Text schreibt</translation>
    </message>
    <message>
        <source>it is not text in UTF-8</source>
        <translation>es ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>it is not the JSON of an export</source>
        <translation>es ist nicht das JSON eines Exports</translation>
    </message>
    <message>
        <source>it is protected by a password</source>
        <translation>es ist durch ein Passwort geschützt</translation>
    </message>
    <message>
        <source>it is there already, and not empty</source>
        <translation>es ist schon da und nicht leer</translation>
    </message>
    <message>
        <source>it is too deep inside other documents, or one of too many</source>
        <translation>es steckt zu tief in anderen Dokumenten oder ist eines von zu vielen</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>es ist zu groß</translation>
    </message>
    <message>
        <source>it lacks an English title or description</source>
        <translation>ihr fehlt ein englischer Titel oder eine englische Beschreibung</translation>
    </message>
    <message>
        <source>it lacks id or query</source>
        <translation>id oder query fehlt</translation>
    </message>
    <message>
        <source>it left texts out</source>
        <translation>es hat Texte ausgelassen</translation>
    </message>
    <message>
        <source>it lies on a disk that cannot lock files</source>
        <translation>er liegt auf einem Datenträger, der Dateien nicht sperren kann</translation>
    </message>
    <message>
        <source>it made what takes it apart fail</source>
        <translation>beim Zerlegen kam es zu einem Fehler</translation>
    </message>
    <message>
        <source>it makes no vectors of texts</source>
        <translation>es macht aus Texten keine Vektoren</translation>
    </message>
    <message>
        <source>it puts no passages in order</source>
        <translation>es ordnet keine Textstellen</translation>
    </message>
    <message>
        <source>it sends from place to place</source>
        <translation>er leitet immer weiter</translation>
    </message>
    <message>
        <source>it takes more memory than is safe</source>
        <translation>es braucht mehr Arbeitsspeicher, als sicher ist</translation>
    </message>
    <message>
        <source>it takes more time than is safe</source>
        <translation>es braucht mehr Zeit, als sicher ist</translation>
    </message>
    <message>
        <source>it was asked for what it cannot do</source>
        <translation>es wurde etwas verlangt, das es nicht kann</translation>
    </message>
    <message>
        <source>it was packed by something else</source>
        <translation>es wurde von etwas anderem gepackt</translation>
    </message>
    <message>
        <source>it was written to while it was read</source>
        <translation>es wurde beschrieben, während es gelesen wurde</translation>
    </message>
    <message>
        <source>it writes no answers</source>
        <translation>es schreibt keine Antworten</translation>
    </message>
    <message>
        <source>its answer has no end</source>
        <translation>seine Antwort hat kein Ende</translation>
    </message>
    <message>
        <source>its files are not those of such a model</source>
        <translation>seine Dateien sind nicht die eines solchen Modells</translation>
    </message>
    <message>
        <source>its first line is empty</source>
        <translation>die erste Zeile ist leer</translation>
    </message>
    <message>
        <source>its id is neither a text nor a whole number</source>
        <translation>id ist weder ein Text noch eine ganze Zahl</translation>
    </message>
    <message>
        <source>its markup declares entities</source>
        <translation>sein Markup deklariert Entitäten</translation>
    </message>
    <message>
        <source>its markup is broken</source>
        <translation>sein Markup ist defekt</translation>
    </message>
    <message>
        <source>its name counts its shards wrongly</source>
        <translation>sein Name zählt seine Teile falsch</translation>
    </message>
    <message>
        <source>its name is not valid text</source>
        <translation>sein Name ist kein gültiger Text</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>neither wl-paste nor xclip is here to do it</source>
        <translation>weder wl-paste noch xclip ist dafür vorhanden</translation>
    </message>
    <message>
        <source>no folder can be found there</source>
        <translation>dort ist kein Ordner zu finden</translation>
    </message>
    <message>
        <source>no program that is known wrote it</source>
        <translation>kein bekanntes Programm hat es geschrieben</translation>
    </message>
    <message>
        <source>none of its chats can be read</source>
        <translation>keiner seiner Chats lässt sich lesen</translation>
    </message>
    <message>
        <source>reader</source>
        <translation>Das Leseprogramm</translation>
    </message>
    <message>
        <source>reading it failed</source>
        <translation>das Lesen ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>retriever</source>
        <translation>Das Suchprogramm</translation>
    </message>
    <message>
        <source>reviser</source>
        <translation>Das Umschreibprogramm</translation>
    </message>
    <message>
        <source>strengths are 1, 2 and 3</source>
        <translation>Stärken sind 1, 2 und 3</translation>
    </message>
    <message>
        <source>the document itself is missing</source>
        <translation>das Dokument selbst fehlt</translation>
    </message>
    <message>
        <source>the file is not there</source>
        <translation>die Datei ist nicht da</translation>
    </message>
    <message>
        <source>the proxy that is set is of a kind that is not supported</source>
        <translation>der eingestellte Proxy ist von einer Art, die nicht unterstützt wird</translation>
    </message>
    <message>
        <source>there is no file that may be read</source>
        <translation>es ist keine Datei, die gelesen werden darf</translation>
    </message>
    <message>
        <source>there is no model in it</source>
        <translation>darin ist kein Modell</translation>
    </message>
    <message>
        <source>this system keeps it to itself</source>
        <translation>dieses System behält sie für sich</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Rewrite the clipboard</source>
        <translation>Die Zwischenablage umschreiben</translation>
    </message>
</context>
</TS>
