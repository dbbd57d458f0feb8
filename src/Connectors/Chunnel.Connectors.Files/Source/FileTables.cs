using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Settles the columns of a table before the job starts, looking at its files as far as that needs.</summary>
internal static class FileTables
{
    public static async ValueTask<FileTable> MakeAsync(FileTableSettings settings, string? outputName, IFileStore store, CancellationToken stop)
    {
        if (!settings.Format.CanRead) throw Refused(settings.Format.NotSupported(store.Connector, "read", settings.Where));
        var files = await FileListing.FindAsync(store, settings, stop);
        var schema = await ReadSchemaAsync(settings, outputName, files, store, stop);
        IReadOnlyList<string> partitions = settings.ParsePartitions && files.Count > 0 ? [.. PartitionPath.Parse(files[0].Path).Select(pair => pair.Key)] : [];
        return new FileTable(settings, schema, partitions);
    }

    private static async ValueTask<TableSchema> ReadSchemaAsync(FileTableSettings settings, string? outputName, IReadOnlyList<StoredFile> files, IFileStore store, CancellationToken stop)
    {
        if (settings.HasSchema) return SchemaReader.Read(settings.Block, outputName);
        if (settings.Format == FileFormat.Parquet && files.Count > 0) return await ParquetScanner.ReadSchemaAsync(files[0], PathOf(outputName), store, stop);
        if (settings.Delimited.Header && files.Count > 0) return await HeaderLine.ReadSchemaAsync(settings, files[0], PathOf(outputName), store, stop);
        return new TableSchema(PathOf(outputName), [new ColumnDef("content", DataType.String)]);
    }

    private static TablePath PathOf(string? outputName) => string.IsNullOrEmpty(outputName) ? TablePath.Default : TablePath.Parse(outputName);

    private static ChunnelException Refused(Problem problem) => new(problem.Code, problem.What) { Where = problem.Where, Mend = problem.Mend };
}
