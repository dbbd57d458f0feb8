using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// Where a step hands in the rows that it cannot work on. It says what is wrong with each and goes on with the others; what becomes of the row
/// (the job fails, the row is left out, it goes to the dead letters) the job's author has said. May be called from any thread.
/// </summary>
public interface IRowRefusals
{
    /// <summary>True when the first refused row ends the job: then nothing needs to be kept for the sake of naming rows one by one.</summary>
    bool EndsJob { get; }

    /// <summary>Refuses a row of a batch. When this returns, the row is taken care of and is to be left out.</summary>
    /// <param name="batch">The batch as it came into the step. It stays its owner's.</param>
    /// <param name="row">The row's number within it.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <exception cref="ChunnelException">Rows must not be refused, or not so many of them.</exception>
    void Refuse(ColumnBatch batch, int row, ChunnelException error);

    /// <summary>Refuses what was to become a row and could not be read.</summary>
    /// <exception cref="ChunnelException">Rows must not be refused, or not so many of them.</exception>
    void Refuse(UnreadRow row, ChunnelException error);
}

/// <summary>What a source read and could make no row of.</summary>
/// <param name="Table">The table it was for.</param>
/// <param name="Text">As it stands there; null where it is not at hand.</param>
/// <param name="Position">Where it stands: file, line and column.</param>
/// <param name="Number">The row's number within what the source has read of the table, from 1; 0 when it is not known.</param>
public sealed record UnreadRow(TableSchema Table, string? Text, string Position, long Number);
