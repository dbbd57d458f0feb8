using System.Text;
using System.Xml;
using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>The elements of one name, wherever they stand: their attributes, or the texts of their children, are the cells.</summary>
internal sealed class XmlRows : ICellRows
{
    private readonly Stream _file;
    private readonly string _path;
    private readonly string _rowTag;
    private readonly bool _attributes;
    private readonly XmlReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly string?[] _cells;

    /// <summary>Takes the stream over.</summary>
    public XmlRows(Stream file, string path, FileTable table)
    {
        _file = file;
        _path = path;
        _rowTag = FileSourceOptions.XmlRowTag.Read(table.Settings.Block);
        _attributes = FileSourceOptions.XmlUseAttributes.Read(table.Settings.Block);
        for (var i = 0; i < table.DataSchema.Columns.Count; i++) _columns.TryAdd(table.DataSchema.Columns[i].Name, i);
        _cells = new string?[table.DataSchema.Columns.Count];
        // No document type: it could name other files, or grow without end.
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        _reader = FileSourceOptions.Encoding.Find(table.Settings.Block) is null
            ? XmlReader.Create(file, settings)
            : XmlReader.Create(new StreamReader(file, table.Settings.Delimited.Encoding), settings);
    }

    public TextPosition Place { get; private set; } = TextPosition.Nowhere;

    public async ValueTask<bool> NextAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            while (!_reader.EOF)
            {
                if (_reader.NodeType == XmlNodeType.Element && _reader.LocalName == _rowTag)
                {
                    await ReadRowAsync();
                    return true;
                }
                if (!await _reader.ReadAsync()) break;
            }
            return false;
        }
        catch (XmlException error)
        {
            throw new ChunnelException(FormatErrors.BadData, $"'{_path}' is no well-formed XML. {error.Message}", error)
            {
                Where = new TextPosition(_path, error.LineNumber, error.LinePosition),
                Mend = "Correct the file, or name its encoding.",
            };
        }
    }

    public string? Cell(int column) => _cells[column];

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _file.DisposeAsync();
    }

    /// <summary>Reads the element that the reader stands on, and goes behind it.</summary>
    private async ValueTask ReadRowAsync()
    {
        var line = (IXmlLineInfo)_reader;
        Place = new TextPosition(_path, line.LineNumber, line.LinePosition);
        Array.Clear(_cells);
        if (_attributes)
        {
            while (_reader.MoveToNextAttribute()) Put(_reader.LocalName, _reader.Value);
            _reader.MoveToElement();
            await _reader.SkipAsync();
            return;
        }
        var depth = _reader.Depth;
        var isEmpty = _reader.IsEmptyElement;
        await _reader.ReadAsync();
        if (isEmpty) return;
        while (_reader.Depth > depth)
        {
            if (_reader.NodeType == XmlNodeType.Element) Put(_reader.LocalName, await ReadTextAsync());
            else await _reader.ReadAsync();
        }
        await _reader.ReadAsync();
    }

    /// <summary>All text within the element that the reader stands on; goes behind it.</summary>
    private async ValueTask<string> ReadTextAsync()
    {
        var depth = _reader.Depth;
        var isEmpty = _reader.IsEmptyElement;
        await _reader.ReadAsync();
        if (isEmpty) return "";
        StringBuilder? more = null;
        var text = "";
        while (_reader.Depth > depth)
        {
            if (_reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                if (text.Length > 0) (more ??= new StringBuilder(text)).Append(_reader.Value);
                else text = _reader.Value;
            }
            await _reader.ReadAsync();
        }
        await _reader.ReadAsync();
        return more?.ToString() ?? text;
    }

    private void Put(string name, string text)
    {
        if (_columns.TryGetValue(name, out var column)) _cells[column] = text;
    }
}
