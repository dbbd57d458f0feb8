using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Samples.MaskPhone;

/// <summary><c>MASK_PHONE('+49 151 23456789')</c> gives <c>+** *** ****6789</c>: all digits but the last four become stars.</summary>
public sealed class MaskPhone : ISqlFunction
{
    private const int DigitsShown = 4;

    private TextBuilder? _builder;

    public string Name => "MASK_PHONE";

    public string Signature => "MASK_PHONE(text) -> STRING";

    public DataType? ResultType(IReadOnlyList<DataType> arguments) => arguments is [{ Kind: TypeKind.String }] ? DataType.String : null;

    public Column Evaluate(SqlFunctionInput input)
    {
        var texts = (TextColumn)input.Arguments[0];
        _builder ??= new TextBuilder(DataType.String, input.Memory, Math.Max(input.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            if (texts.IsNull(row)) _builder.AppendNull();
            else Mask(texts[row], _builder);
        }
        return _builder.Build(input.Rows);
    }

    private static void Mask(ReadOnlySpan<byte> text, TextBuilder to)
    {
        var space = to.Space(text.Length);
        text.CopyTo(space);
        var shown = 0;
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (text[at] is >= (byte)'0' and <= (byte)'9' && ++shown > DigitsShown) space[at] = (byte)'*';
        }
        to.Ends[to.Count] = to.ByteCount + text.Length;
        to.Advance(1, text.Length);
    }
}
