"""The parts behind the window, made once the desk is open: bridges, pages, what is outside.

What a part does is its own to know: here they are made, connected, begun and ended. To be imported
on a thread, for it reads the code of every page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.cli.own_command import own_command
from desktop.desk import Desk
from desktop.domain.appearance import Appearance
from desktop.domain.errors import EscritoireError
from desktop.domain.exports import Form
from desktop.gui import exported_pdf
from desktop.gui.actions import Actions
from desktop.gui.answer_bridge import AnswerBridge
from desktop.gui.downloads_bridge import DownloadsBridge
from desktop.gui.exporting_chats import ExportingChats
from desktop.gui.folders_bridge import FoldersBridge
from desktop.gui.importing_chats import ImportingChats
from desktop.gui.library_bridge import LibraryBridge
from desktop.gui.main_window import MainWindow
from desktop.gui.model_services import ModelServices
from desktop.gui.models.placement_words import stepped_down
from desktop.gui.notify import Notifier
from desktop.gui.outgoing import Outgoing
from desktop.gui.outside import Outside
from desktop.gui.pages.chat import ChatPage
from desktop.gui.pages.documents import DocumentsPage
from desktop.gui.pages.models import ModelsPage
from desktop.gui.pages.rewrite import RewritePage
from desktop.gui.pages.settings import SettingsPage
from desktop.gui.reembedding_bridge import ReembeddingBridge
from desktop.gui.rewrite_bridge import RewriteBridge
from desktop.gui.shelf_bridge import ShelfBridge
from desktop.gui.tasks import Tasks
from desktop.gui.voice_services import VoiceServices
from desktop.gui.widgets.appearance_card import AppearanceCard
from desktop.gui.widgets.scripts_card import ScriptsCard
from desktop.storage.appearance_file import keep_appearance
from desktop.storage.paths import Paths
from desktop.storage.text_files import read_text


class Joined(QObject):
    """Desk and window, joined. Ended in two steps, for the second one waits."""

    def __init__(
        self,
        desk: Desk,
        profile: Path,
        appearance: Appearance,
        window: MainWindow,
        tasks: Tasks,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = window
        self._tasks = tasks
        self._typed: Callable[[], object] | None = None
        self.library = LibraryBridge(desk.library, self)
        self.folders = FoldersBridge(desk.folders, self)
        self.answers = AnswerBridge(
            desk.answering, desk.repeating, desk.summarising, desk.comparing, self
        )
        self.rewrites = RewriteBridge(desk.rewriting, self)
        self.small_rewrites = RewriteBridge(desk.rewriting, self)
        self.downloads = DownloadsBridge(desk.downloads, self)
        self.reembedding = ReembeddingBridge(desk.reembedding, self)
        self._shelf = ShelfBridge(desk.shelf, self)
        self._outgoing = Outgoing(tasks, desk.hub, self.downloads, self)
        services = self._model_services()
        command = own_command(profile, ["rewrite", "--selection"])
        # In the order in which the palette has their actions.
        self.documents = self._make_documents()
        self.chat = self._make_chat()
        self.outside = Outside(window, tasks, desk.presence, command, self)
        self.models = self._make_models(services)
        self.appearance = self._make_appearance(appearance)
        self.settings = self._make_settings(services)
        self.rewrite = self._make_rewrite(self.rewrites, window.notifier, window.actions_)
        self._say_what_goes_on()
        self._join_pages()
        self._join_outside()

    def load(self) -> None:
        """Show what there is."""
        self._outgoing.look()
        self.documents.load()
        self.models.load()
        self.rewrite.load()
        self.chat.start(None)

    def start(self) -> None:
        """Go on with what the last run left unfinished."""
        self.library.start()
        self.folders.start()
        self.downloads.start()
        self.reembedding.start()

    def end(self) -> None:
        """On the main thread: nothing comes from outside any more; what is to be kept is known."""
        self.outside.end()
        self._typed = self.rewrite.voices.unsaved()

    def shutdown(self) -> None:
        """On another thread: refuse new work, end what runs, keep what is to be kept. The desk can
        be closed then."""
        for bridge in (self.answers, self.rewrites, self.small_rewrites):
            bridge.shutdown()
        self._tasks.shutdown()
        self.folders.shutdown()
        self.library.shutdown()
        self.downloads.shutdown()
        self.reembedding.shutdown()
        self._shelf.shutdown()
        if self._typed is not None:
            with suppress(EscritoireError):  # a name that is taken: nobody is left to ask
                self._typed()

    # -- connecting

    def _say_what_goes_on(self) -> None:
        """In the status line, in the promise beside it, and in notices."""
        status, outgoing = self._window.status, self._outgoing
        self.documents.workChanged.connect(status.say)
        self.models.workChanged.connect(partial(status.say, who="models"))
        self.models.fetchChanged.connect(partial(status.say, who="downloads"))
        self.models.embedChanged.connect(partial(status.say, who="reembedding"))
        status.offer("reembedding", self.models.searching.stay_action)
        outgoing.changed.connect(lambda: status.promise(outgoing.in_words()))
        window, small = self._window.notifier, self.outside.small.notifier
        self.answers.steppedDown.connect(lambda event: window.say(stepped_down(event)))
        self.rewrites.steppedDown.connect(lambda event: window.say(stepped_down(event)))
        self.small_rewrites.steppedDown.connect(lambda event: small.say(stepped_down(event)))

    def _join_pages(self) -> None:
        window = self._window
        self.models.shelfChanged.connect(self.chat.name_model)
        self.models.shelfChanged.connect(self.rewrite.load)
        self.documents.asking.summarised.connect(self.chat.asking.summarise)
        self.documents.asking.compared.connect(self.chat.asking.compare)
        self.chat.openDocuments.connect(lambda: window.show_page("documents"))
        self.chat.wanted.connect(lambda: window.show_page("chat"))
        window.filesDropped.connect(self.documents.add)
        window.spare(self.documents.collections)
        window.modelsDropped.connect(self.models.add)
        window.modelsDropped.connect(lambda _paths: window.show_page("models"))
        window.set_page("chat", self.chat)
        window.set_page("documents", self.documents)
        window.set_page("rewrite", self.rewrite)
        window.set_page("models", self.models)
        window.set_page("settings", self.settings)

    def _join_outside(self) -> None:
        """The small window gets a Rewrite page of its own, with its own rewrites."""
        window, small = self._window, self.outside.small
        inside = self._make_rewrite(self.small_rewrites, small.notifier, small.actions_)
        inside.openModels.connect(small.close)
        inside.openModels.connect(window.bring_to_front)
        self.outside.textForPage.connect(self._take_text)
        self.outside.begin(inside, self.small_rewrites, self._outgoing)

    def _take_text(self, text: str, outcome: object) -> None:
        self.rewrite.take_text(text, outcome)  # type: ignore[arg-type]
        self._window.bring_to_front()
        self._window.show_page("rewrite")

    # -- making

    def _make_documents(self) -> DocumentsPage:
        return DocumentsPage(
            tasks=self._tasks,
            library=self._desk.library,
            collections=self._desk.collections,
            completeness=self._desk.completeness,
            bridge=self.library,
            folders=self.folders,
            notifier=self._window.notifier,
            actions=self._window.actions_,
        )

    def _make_chat(self) -> ChatPage:
        window = self._window
        page = ChatPage(
            tasks=self._tasks,
            answers=self.answers,
            library=self._desk.library,
            conversations=self._desk.conversations,
            answering=self._desk.answering,
            notifier=window.notifier,
            actions=window.actions_,
        )
        self._desk.export_files.offer(Form.PDF, exported_pdf.write)
        exporting = self._desk.exporting
        ExportingChats(self._tasks, exporting, window.notifier, window.actions_, page)
        importing = self._desk.importing
        ImportingChats(self._tasks, importing, window.notifier, window.actions_, page)
        return page

    def _make_rewrite(
        self, bridge: RewriteBridge, notifier: Notifier, actions: Actions
    ) -> RewritePage:
        desk = self._desk
        page = RewritePage(
            tasks=self._tasks,
            bridge=bridge,
            rewriting=desk.rewriting,
            voices=VoiceServices(desk.voices, desk.voice_fitting, desk.examples, read_text),
            originals=desk.originals,
            notifier=notifier,
            actions=actions,
        )
        page.openModels.connect(lambda: self._window.show_page("models"))
        return page

    def _model_services(self) -> ModelServices:
        desk = self._desk
        return ModelServices(
            shelf=desk.shelf,
            chat_models=desk.chat_models,
            packs=desk.packs,
            loader=desk.loader,
            judging=desk.judging,
            hub=desk.hub,
            downloads=desk.downloads,
            search_models=desk.search_models,
            reembedding=desk.reembedding,
            catalogue=desk.catalogue,
            requests=desk.requests,
            licence_text=desk.licence_text,
        )

    def _make_models(self, services: ModelServices) -> ModelsPage:
        return ModelsPage(
            tasks=self._tasks,
            services=services,
            shelf=self._shelf,
            downloads=self.downloads,
            reembedding=self.reembedding,
            outgoing=self._outgoing,
            notifier=self._window.notifier,
            actions=self._window.actions_,
        )

    def _make_appearance(self, appearance: Appearance) -> AppearanceCard:
        return AppearanceCard(
            appearance=appearance,
            keep=partial(keep_appearance, Paths(self._desk.profile).appearance),
            tasks=self._tasks,
            notifier=self._window.notifier,
            actions=self._window.actions_,
        )

    def _make_scripts(self) -> ScriptsCard:
        window = self._window
        return ScriptsCard(self._tasks, self._desk.scripts, window.notifier, window.actions_)

    def _make_settings(self, services: ModelServices) -> SettingsPage:
        return SettingsPage(
            profile=self._desk.profile,
            tasks=self._tasks,
            services=services,
            originals=self._desk.originals,
            outgoing=self._outgoing,
            notifier=self._window.notifier,
            actions=self._window.actions_,
            cards=[self._make_scripts(), self.outside.card, self.appearance],
        )
