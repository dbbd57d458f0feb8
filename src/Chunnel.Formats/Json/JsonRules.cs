using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Values of JSON: text in quotes, numbers and words without, null where there is none.</summary>
internal sealed unsafe class JsonRules : FieldRules
{
    public override int Quote => '"';

    public override bool TakesIsoTimes => true;

    public override FieldReader TextReader(int field, int column, ColumnDef definition) => new JsonTextReader(field, column, definition);

    public override FieldText Resolve(byte* bytes, FieldSpan field, TypeKind kind, ByteWriter scratch, out ReadOnlySpan<byte> text)
    {
        text = new ReadOnlySpan<byte>(bytes + field.Start, field.Length);
        if (text.IsEmpty || text.SequenceEqual("null"u8)) return FieldText.Null;
        if (text[0] != '"') return FieldText.Value;
        if (field.IsEscaped)
        {
            if (!JsonEscapes.TryUnescape(text[1..^1], scratch.Space(text.Length), out var length)) return FieldText.Malformed;
            scratch.Advance(length);
            text = scratch.Written;
        }
        else
        {
            text = text[1..^1];
        }
        // Senders write "" where they have no value.
        return text.IsEmpty && kind is not (TypeKind.String or TypeKind.Bytes) ? FieldText.Null : FieldText.Value;
    }

    public override ParseOutcome Parse(ReadOnlySpan<byte> text, ColumnBuilder to, int row) =>
        to.Type.IsNested ? JsonNested.TryRead(text, to, row) : JsonNested.ReadText(text, to, row);
}
