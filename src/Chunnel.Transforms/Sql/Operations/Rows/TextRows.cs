using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Operations.Rows;

/// <summary>Makes a text (or bytes, or a vector) of each row's arguments; null where an argument is, and where nothing is made.</summary>
internal abstract class TextRows(Emission made) : Operation
{
    private TextBuilder? _builder;

    protected Emission Made => made;

    /// <summary>Makes the texts of the given rows, rising: for each one <see cref="At"/> and then at most one value.</summary>
    protected abstract void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to);

    /// <summary>Goes on to a row: those before it that got no value are null.</summary>
    protected static void At(TextBuilder to, int row)
    {
        while (to.Count < row) to.AppendNull();
    }

    public sealed override void Run(Frame frame)
    {
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TextBuilder(made.Type, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(frame.Rows);
        Fill(frame, frame.RowsToDo(made.Guard, made.Operands), _builder);
        At(_builder, frame.Rows);
        frame.Set(Target, _builder.Build(frame.Rows));
    }
}
