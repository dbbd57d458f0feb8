using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>A source made for one job: what it reads, and who hands out and who reads its splits.</summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>True when the source ends by itself.</summary>
    bool IsBounded { get; }

    /// <summary>The tables that its batches carry, by reference.</summary>
    IReadOnlyList<TableSchema> Tables { get; }

    /// <summary>Whether a reader can go on exactly where a checkpoint left it.</summary>
    SourceReplay Replay { get; }

    /// <summary>How a catalog of data calls what a table is read from; null where the source has no such name.</summary>
    DatasetName? DatasetOf(TableSchema table) => null;

    /// <summary>Makes the one enumerator of a run.</summary>
    /// <param name="context">What it may tell the readers.</param>
    /// <param name="state">What an earlier enumerator's snapshot returned, or null on a fresh start.</param>
    ISplitEnumerator CreateEnumerator(IEnumeratorContext context, byte[]? state);

    /// <summary>Makes the reader of one subtask.</summary>
    ISourceReader CreateReader(ReaderContext context);

    /// <summary>A split as bytes for a checkpoint, and back.</summary>
    byte[] WriteSplit(SourceSplit split);

    SourceSplit ReadSplit(byte[] bytes);
}

/// <summary>How well a source can repeat itself.</summary>
public enum SourceReplay
{
    /// <summary>What was read and not committed is gone after a failure.</summary>
    None,

    /// <summary>Rows are read again from the last checkpoint's splits, the same rows.</summary>
    Exact,
}

/// <summary>A part of the input that one reader reads, with the position up to which it has been read. Immutable.</summary>
public abstract record SourceSplit(string Id)
{
    /// <summary>How much of it is still to be read, in what the source counts its work by; null when it cannot be told. For progress only.</summary>
    public virtual long? SizeLeft => null;
}
