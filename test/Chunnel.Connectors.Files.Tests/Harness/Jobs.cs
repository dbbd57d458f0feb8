using System.Text;
using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Files.Tests;

/// <summary>Runs sources and sinks as the engine does, as far as one connector needs.</summary>
internal static class Jobs
{
    public static SettingsObject Settings(string json)
    {
        var (value, problems) = JsonParser.Parse(new SourceText("job", json));
        problems.ShouldBeEmpty();
        return (SettingsObject)value;
    }

    public static async Task<ISource> SourceAsync(string json) =>
        await new LocalFileSource().CreateAsync(new SourceContext { Settings = Settings(json), OutputName = null }, TestContext.Current.CancellationToken);

    /// <summary>All rows of a source as text, values with bars between them, in the order of the readers.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string json, int parallelism = 1)
    {
        await using var source = await SourceAsync(json);
        return [.. (await SourceRun.AllAsync(source, parallelism)).SelectMany(rows => rows)];
    }

    public static string Text(ColumnBatch batch, int row)
    {
        var text = new ByteWriter();
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            if (column > 0) text.Append((byte)'|');
            if (batch[column].IsNull(row)) text.Append("NULL"u8);
            else ValueText.Append(text, batch[column], row, TextFormat.Console);
        }
        return Encoding.UTF8.GetString(text.Written);
    }

    public static TableSchema Table(params (string Name, DataType Type)[] columns) =>
        new(TablePath.Parse("t"), [.. columns.Select(column => new ColumnDef(column.Name, column.Type))]);

    public static ColumnBatch Batch(TableSchema schema, params object?[][] rows) =>
        BoxedRows.ToBatch(schema, [.. rows.Select(row => new BoxedRow(RowKind.Insert, [.. row.Select(Boxed)]))], BatchMemory.Unlimited());

    private static object? Boxed(object? value) => value is DateOnly date ? new BoxedDate(date.DayNumber - new DateOnly(1970, 1, 1).DayNumber) : value;
}
