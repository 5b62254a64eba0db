"""The bytes of an aSc Timetables file to a flat list of elements with their lines, hostile XML refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, InputSource, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from commands.files.encoding import decode

MAX_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 8  # a real file is three deep
MAX_ELEMENTS = 500_000
MAX_VALUE = 20_000  # a joint lesson of a whole school names all its pupils in one attribute


class AscRefused(Exception):
    """The file as a whole cannot be taken: a Russian sentence and the line, 0 when it has none."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Element:
    tag: str
    line: int
    attributes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Document:
    """elements: all of them in the file's order, the root first; guessed: the encoding is a guess."""

    elements: tuple[Element, ...]
    encoding: str
    guessed: bool


class Collector(ContentHandler):
    """SAX, because a tree forgets lines and would hold a hostile file whole."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.depth = 0
        self.locator = Locator()

    def setDocumentLocator(self, locator: Locator) -> None:
        self.locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self.depth += 1
        line = self.line
        if self.depth > MAX_DEPTH:
            raise AscRefused(f"элементы вложены глубже {MAX_DEPTH}: это не файл aSc Timetables", line)
        if len(self.elements) >= MAX_ELEMENTS:
            raise AscRefused(f"элементов больше {MAX_ELEMENTS}", line)
        if any(len(value) > MAX_VALUE for value in attrs.values()):
            raise AscRefused(f"значение длиннее {MAX_VALUE} знаков", line)
        attributes = MappingProxyType(dict(attrs.items()))
        self.elements.append(Element(tag=name, line=line, attributes=attributes))

    def endElement(self, name: str) -> None:
        self.depth -= 1

    @property
    def line(self) -> int:
        return self.locator.getLineNumber() or 0


def read_document(data: bytes) -> Document:
    """Raises AscRefused. Whatever is declared, the parser is given UTF-8: we have decoded."""
    if len(data) > MAX_BYTES:
        raise AscRefused("файл больше 50 МБ")
    decoded = decode(data)
    if decoded is None:
        raise AscRefused("не удалось понять кодировку файла")
    source = InputSource()
    source.setByteStream(BytesIO(decoded.text.encode("utf-8")))
    source.setEncoding("utf-8")
    return Document(elements=parse(source), encoding=decoded.encoding, guessed=decoded.guessed)


def parse(source: InputSource) -> tuple[Element, ...]:
    collector = Collector()
    # aSc writes no DTD; entity bombs and files read through entities need one. The buffer takes a whole
    # file: fed in pieces, expat before 2.6 scans an unfinished tag again with each piece (20 s for 50 MB).
    parser = create_parser(bufsize=MAX_BYTES * 2, forbid_dtd=True)
    parser.setContentHandler(collector)
    try:
        parser.parse(source)
    except DefusedXmlException as refused:
        reason = "в файле есть DTD или сущности; aSc Timetables их не пишет, читать такой файл опасно"
        raise AscRefused(reason, collector.line) from refused
    except SAXParseException as broken:
        reason = f"это не правильный XML: {broken.getMessage()}"
        raise AscRefused(reason, broken.getLineNumber() or 0) from broken
    return tuple(collector.elements)
