using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>The table of dead letters: what a sink gets of a row that a step refused, whatever table it was of (docs/dead-letters.md).</summary>
public static class DeadLetterTable
{
    public const string Name = "dead_letters";

    public static readonly TableSchema Schema = new(TablePath.Parse(Name),
    [
        new ColumnDef("job_id", DataType.BigInt) { Nullable = false },
        new ColumnDef("step", DataType.String) { Nullable = false },
        new ColumnDef("source_table", DataType.String) { Nullable = false },
        new ColumnDef("row_kind", DataType.String) { Nullable = false },
        new ColumnDef("row_data", DataType.String),
        new ColumnDef("error_code", DataType.String) { Nullable = false },
        new ColumnDef("error_message", DataType.String) { Nullable = false },
        new ColumnDef("source_position", DataType.String),
        new ColumnDef("row_number", DataType.BigInt),
        new ColumnDef("subtask", DataType.Int) { Nullable = false },
        new ColumnDef("failed_at", DataType.TimestampTz) { Nullable = false },
    ])
    { Comment = "Rows that a step of a job refused." };
}
