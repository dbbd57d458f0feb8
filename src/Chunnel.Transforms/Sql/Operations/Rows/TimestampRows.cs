using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Rows;

/// <summary>Makes a timestamp of each row's arguments; null where an argument is.</summary>
internal abstract class TimestampRows(Emission made) : Operation
{
    private TimestampBuilder? _builder;

    protected Emission Made => made;

    /// <summary>Writes the given rows: they count and have all arguments.</summary>
    protected abstract void Fill(Frame frame, ReadOnlySpan<ulong> rows, TimestampBuilder to);

    /// <summary>Writes one row; nanoseconds are those within the microsecond.</summary>
    protected static void Put(TimestampBuilder to, int row, long micros, short nanos)
    {
        to.Micros[row] = micros;
        if (nanos != 0) to.Nanos[row] = nanos;
    }

    public sealed override void Run(Frame frame)
    {
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TimestampBuilder(made.Type, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(frame.Rows);
        _builder.Micros.Clear();
        Fill(frame, frame.RowsToDo(made.Guard, made.Operands), _builder);
        for (var i = 0; i < made.Operands.Count; i++)
        {
            var argument = made.Operands[i].Of(frame);
            if (!argument.HasNulls) continue;
            var known = _builder.Validity;
            var has = argument.Validity;
            for (var word = 0; word < frame.Words; word++) known[word] &= has[word];
        }
        frame.Set(Target, _builder.Build(frame.Rows));
    }
}
