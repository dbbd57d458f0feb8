using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>Files in each format, read back by the source.</summary>
public abstract class LocalFileSinkKeepsTheContract(string format) : SinkContract, IDisposable
{
    private readonly TempFolder _folder = new();

    protected override SinkPlugin Plugin => new LocalFileSink();

    protected override SettingsObject Settings => TestSettings.Of($$"""{ "path": "{{_folder["out"]}}", "tmp_path": "{{_folder["tmp"]}}", "file_format_type": "{{format}}" }""");

    protected override async ValueTask<IReadOnlyList<string>> VisibleAsync()
    {
        if (_folder.Files("out").Count == 0) return [];
        return await Jobs.ReadAsync($$"""
            { "path": "{{_folder["out"]}}", "file_format_type": "{{format}}", "schema": { "fields": { "id": "bigint", "name": "string", "n": "int" } } }
            """);
    }

    // Files do not keep what a row does to a table.
    protected override string Show(BoxedRow row) => string.Join('|', row.Values.Select(value => value?.ToString() ?? "NULL"));

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed class OfCsv() : LocalFileSinkKeepsTheContract("csv");

    public sealed class OfJson() : LocalFileSinkKeepsTheContract("json");

    public sealed class OfParquet() : LocalFileSinkKeepsTheContract("parquet");
}
