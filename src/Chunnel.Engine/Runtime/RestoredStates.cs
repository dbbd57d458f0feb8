using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>What the tasks acknowledged for one checkpoint, to build the next attempt from.</summary>
internal sealed class RestoredStates(Func<TaskLocation, IReadOnlyList<byte[]>> find)
{
    /// <summary>A fresh start: nobody has anything.</summary>
    public static readonly RestoredStates None = new(_ => []) { IsFresh = true };

    /// <summary>True when the attempt starts from nothing, so that enumerators look for splits anew.</summary>
    public bool IsFresh { get; private init; }

    public IReadOnlyList<byte[]> Of(TaskLocation task) => find(task);
}
