using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Texts;

/// <summary>Text in upper or lower case, by the invariant culture. A column of ASCII is mapped in one sweep over all its bytes.</summary>
internal sealed class CaseMapping(Operand operand, bool upper) : Operation
{
    private TextBuilder? _builder;
    private char[] _chars = [];

    public override void Run(Frame frame)
    {
        var from = (TextColumn)operand.Of(frame);
        frame.Set(Target, from.IsAscii ? MapBytes(frame, from) : MapCharacters(frame, from));
    }

    private TextColumn MapBytes(Frame frame, TextColumn from)
    {
        var offsets = from.Offsets;
        var end = offsets[^1];
        var bytes = ColumnBuffer.Rent<byte>(frame.Memory, end);
        var source = from.Utf8[offsets[0]..end];
        var target = bytes.As<byte>()[offsets[0]..];
        if (upper) Ascii.ToUpper(source, target, out _);
        else Ascii.ToLower(source, target, out _);
        from.OffsetBuffer.Block?.Retain();
        var (bits, nulls) = Validities.Of(from);
        return new TextColumn(DataType.String, frame.Rows, from.OffsetBuffer, bytes, bits, nulls);
    }

    private Column MapCharacters(Frame frame, TextColumn from)
    {
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TextBuilder(DataType.String, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(frame.Rows);
        for (var row = 0; row < frame.Rows; row++)
        {
            if (from.IsNull(row)) _builder.AppendNull();
            else Append(from[row], _builder);
        }
        return _builder.Build(frame.Rows);
    }

    private void Append(ReadOnlySpan<byte> text, TextBuilder to)
    {
        if (_chars.Length < 2 * text.Length) _chars = new char[2 * Math.Max(256, text.Length)];
        var length = Encoding.UTF8.GetChars(text, _chars);
        var source = _chars.AsSpan(0, length);
        var target = _chars.AsSpan(length, length);
        if (upper) MemoryExtensions.ToUpperInvariant(source, target);
        else MemoryExtensions.ToLowerInvariant(source, target);
        var written = Encoding.UTF8.GetBytes(target, to.Space(3 * length));
        to.Ends[to.Count] = to.ByteCount + written;
        to.Advance(1, written);
    }
}
