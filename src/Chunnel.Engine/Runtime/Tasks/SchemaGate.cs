using Chunnel.Control;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// Holds a reader at a change of a table's schema (spec engine.md 6.8): the change goes on when a checkpoint of all rows before it is complete, the
/// rows behind it when one of the change itself is.
/// </summary>
internal sealed class SchemaGate(TaskLocation reader)
{
    private SchemaChange? _change;
    private bool _hasPassed;
    private long? _awaited;

    /// <summary>Nothing is read.</summary>
    public bool IsClosed => _change is not null;

    public void Close(SchemaChange change)
    {
        Belief.Holds(!IsClosed, because: "a reader that holds a change reads no other");
        (_change, _hasPassed, _awaited) = (change, false, null);
    }

    /// <summary>A barrier goes by: the change waits for the one that was sent for it, the rows behind the change for the first one behind it.</summary>
    public void Pass(Barrier barrier)
    {
        if (!IsClosed || _awaited is not null) return;
        if (_hasPassed || (barrier.Kind == CheckpointKind.SchemaChangeBefore && barrier.Changing == reader)) _awaited = barrier.CheckpointId;
    }

    /// <summary>A checkpoint is complete. Returns the change when its time has come; opens when the change is complete.</summary>
    public SchemaChange? Complete(Barrier barrier)
    {
        if (_awaited is not { } awaited || barrier.CheckpointId < awaited) return null;
        _awaited = null;
        if (_hasPassed)
        {
            _change = null;
            return null;
        }
        _hasPassed = true;
        return _change;
    }
}
