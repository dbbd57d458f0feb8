using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>One table of a file source: which files make it up, how they are read, and the columns that come out.</summary>
internal sealed class FileTable
{
    /// <summary>Makes the columns that come out: those asked for, then the partition columns that were not among them.</summary>
    /// <param name="settings">How the table is read.</param>
    /// <param name="fileSchema">The columns as the files hold them.</param>
    /// <param name="partitions">Names of the <c>k=v</c> folders.</param>
    public FileTable(FileTableSettings settings, TableSchema fileSchema, IReadOnlyList<string> partitions)
    {
        Settings = settings;
        FileSchema = fileSchema;
        var added = partitions.Where(name => fileSchema.IndexOf(name) < 0).ToList();
        var wanted = settings.ReadColumns.Count > 0 ? settings.ReadColumns : [.. fileSchema.Columns.Select(column => column.Name)];
        string[] names = [.. wanted, .. added.Where(name => !wanted.Contains(name))];
        Outputs = [.. names.Select(name => Find(name, added))];
        FileOrdinals = [.. Outputs.Where(output => output.FileOrdinal >= 0).Select(output => output.FileOrdinal)];
        FieldColumns = FileOrdinals.Select((ordinal, i) => ordinal == i).All(same => same) && FileOrdinals.Count == fileSchema.Columns.Count
            ? null
            : [.. fileSchema.Columns.Select((_, field) => IndexOf(FileOrdinals, field))];
        Schema = fileSchema.WithColumns([.. Outputs.Select(output => output.Column)]);
        // Batches carry the source's schema by reference: without partition columns readers fill it directly.
        DataSchema = HasPartitionColumns ? fileSchema.WithColumns([.. FileOrdinals.Select(ordinal => fileSchema.Columns[ordinal])]) : Schema;
    }

    public FileTableSettings Settings { get; }

    /// <summary>The columns as the files hold them, all of them.</summary>
    public TableSchema FileSchema { get; }

    /// <summary>What the files' readers give: the wanted ones of the files' columns, in the order in which they come out.</summary>
    public TableSchema DataSchema { get; }

    /// <summary>For each column of <see cref="DataSchema"/> its place in <see cref="FileSchema"/>.</summary>
    public IReadOnlyList<int> FileOrdinals { get; }

    /// <summary>For each column of the file its place in <see cref="DataSchema"/>, or -1; null when the two are the same.</summary>
    public IReadOnlyList<int>? FieldColumns { get; }

    /// <summary>True when each line is one column, whatever the format.</summary>
    public bool IsWholeLines => !Settings.HasSchema && Settings.Format.IsLines && !Settings.Delimited.Header;

    /// <summary>What comes out of the source.</summary>
    public TableSchema Schema { get; }

    /// <summary>Where each column that comes out is from.</summary>
    public IReadOnlyList<Output> Outputs { get; }

    public bool HasPartitionColumns => FileOrdinals.Count < Outputs.Count;

    private static int IndexOf(IReadOnlyList<int> ordinals, int ordinal)
    {
        for (var i = 0; i < ordinals.Count; i++)
        {
            if (ordinals[i] == ordinal) return i;
        }
        return -1;
    }

    private Output Find(string name, List<string> partitions)
    {
        var ordinal = FileSchema.IndexOf(name);
        if (ordinal >= 0) return new Output(FileSchema.Columns[ordinal], ordinal);
        if (partitions.Contains(name)) return new Output(new ColumnDef(name, DataType.String), -1);
        throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'read_columns' names the column '{name}', which the files do not have.")
        {
            Where = Settings.Where,
            Mend = Nearest.DidYouMean(name, FileSchema.Columns.Select(column => column.Name)) ?? $"They have: {string.Join(", ", FileSchema.Columns.Select(column => column.Name))}.",
        };
    }

    /// <summary>A column that comes out, and its place in the file; -1 when it is from the path.</summary>
    public sealed record Output(ColumnDef Column, int FileOrdinal);
}
