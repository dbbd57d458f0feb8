using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>A sink made for one table of one job.</summary>
public interface ISink : IAsyncDisposable
{
    TableSchema Table { get; }

    /// <summary>What the sink can promise of rows that it was given.</summary>
    SinkDelivery Delivery { get; }

    /// <summary>How a catalog of data calls what is written; null where the sink has no such name.</summary>
    DatasetName? Dataset => null;

    /// <summary>The form of rows, by the name that its source gives it, that the writers can write as they came off a wire; null where they need columns.</summary>
    string? Wire => null;

    /// <summary>How the target is prepared before the first row; null when the sink has no save modes.</summary>
    ISaveMode? SaveMode => null;

    /// <summary>Makes the writer of one subtask.</summary>
    /// <param name="context">Which of how many writers it is.</param>
    /// <param name="states">What earlier writers' snapshots returned; empty on a fresh start.</param>
    ISinkWriter CreateWriter(WriterContext context, IReadOnlyList<byte[]> states);

    /// <summary>A committer beside each writer, or null.</summary>
    ISinkCommitter? CreateCommitter() => null;

    /// <summary>One committer for all writers of the sink, or null.</summary>
    IAggregatedCommitter? CreateAggregatedCommitter() => null;
}

/// <summary>What a sink promises: with the source's replay it gives the pipeline's guarantee.</summary>
public enum SinkDelivery
{
    /// <summary>Rows may be lost with a failure.</summary>
    AtMostOnce,

    /// <summary>Everything is flushed at a checkpoint; rows after the last one repeat.</summary>
    AtLeastOnce,

    /// <summary>Writing a row again changes nothing.</summary>
    Idempotent,

    /// <summary>Rows become visible with the checkpoint, once.</summary>
    ExactlyOnce,
}

public sealed record WriterContext
{
    public required int Subtask { get; init; }

    public required int Parallelism { get; init; }

    public long JobId { get; init; }

    public int PipelineId { get; init; }

    /// <summary>The sink within its job, the same over attempts: <c>Sink[0]-Jdbc</c>.</summary>
    public string Sink { get; init; } = "";

    /// <summary>The deployment of the pipeline, from 1, over all lives of the job's id: what an older one left prepared and no checkpoint lists is nobody's.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The checkpoint that this attempt goes on from, 0 for none: what was prepared up to it is committed by it, whichever writer prepared it and whoever has its state now.</summary>
    public long RestoredCheckpoint { get; init; }

    public required BatchMemory Memory { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The job's standard output, for sinks that print.</summary>
    public Action<string> Print { get; init; } = _ => { };

    /// <summary>Tells the job's log what a person should know: once a file or a batch, never once a row.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Takes the rows that the target refuses.</summary>
    public IRowRefusals Refusals { get; init; } = NoRefusals.Allowed;

    /// <summary>Prints whole lines at once, as UTF-8, each with its line feed; when null, lines go through <see cref="Print"/>.</summary>
    public PrintLines? PrintLines { get; init; }
}

/// <summary>Takes whole lines of UTF-8; the bytes are the caller's again when it returns.</summary>
public delegate void PrintLines(ReadOnlySpan<byte> lines);
