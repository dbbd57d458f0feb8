using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>Three files, read by two readers.</summary>
public abstract class LocalFileSourceKeepsTheContract(string format) : SourceContract, IDisposable
{
    private const int RowsOfFile = 9_000;
    private readonly TempFolder _folder = new();

    protected override SourcePlugin Plugin => new LocalFileSource();

    protected override long? ExpectedRows => 3 * RowsOfFile;

    protected override SettingsObject Settings
    {
        get
        {
            for (var file = 0; file < 3; file++) _folder.Write($"in/k={file}/f", Content(file));
            return Of("in");
        }
    }

    protected override SettingsObject SettingsWithoutRows
    {
        get
        {
            _folder.Write("none/_SUCCESS", "");
            return Of("none");
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private string Content(int file)
    {
        var text = new StringBuilder();
        for (var i = 0; i < RowsOfFile; i++)
        {
            var id = (file * RowsOfFile) + i;
            text.Append(format == "json" ? $"{{\"id\":{id},\"name\":\"row {id}\"}}\n" : $"{id},\"row, {id}\"\n");
        }
        return text.ToString();
    }

    private SettingsObject Of(string folder) => TestSettings.Of(
        $$"""{ "path": "{{_folder[folder]}}", "file_format_type": "{{format}}", "schema": { "fields": { "id": "bigint", "name": "string" } } }""");

    public sealed class OfCsv() : LocalFileSourceKeepsTheContract("csv");

    public sealed class OfJson() : LocalFileSourceKeepsTheContract("json");
}
