namespace Chunnel.Engine;

/// <summary>A task's fault with the place in the data: which table, which rows were in hand (numbers from 1 within the reader).</summary>
internal sealed class TaskFailedException(Exception cause, string? table, long? firstRow, long? lastRow) : Exception(cause.Message, cause)
{
    public string? Table { get; } = table;

    public long? FirstRow { get; } = firstRow;

    public long? LastRow { get; } = lastRow;

    /// <summary>Wraps a fault once; what a stop caused stays as it is.</summary>
    public static Exception Around(Exception cause, Chunnel.Core.TableSchema table, long firstRow, int rows) =>
        cause is TaskFailedException or OperationCanceledException
            ? cause
            : new TaskFailedException(cause, table.TableId, firstRow + 1, firstRow + rows);
}
