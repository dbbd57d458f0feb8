using System.Buffers;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Transforms.DataValidator;

/// <summary>
/// EMAIL: why a string is no e-mail address that mail could be sent to; null when it is one, or empty. Blanks around it are no part of it.
/// It looks at the form alone, and takes any characters before the sign but those that harm where addresses are shown or quoted.
/// </summary>
internal sealed class EmailFunction : ISqlFunction
{
    private const int MostBytes = 254;
    private const int MostLocalBytes = 64;
    private const int MostLabelBytes = 63;

    private static readonly SearchValues<byte> Harmful = SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(control => (byte)control), 0x7F, .. "\"'`<>()[]\\,;:"u8]);

    private static readonly SearchValues<byte> OfDomains = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."u8);

    public string Name => "EMAIL";

    public string Signature => "EMAIL(text) -> STRING";

    public DataType? ResultType(IReadOnlyList<DataType> arguments) => arguments is [{ Kind: TypeKind.String }] ? DataType.String : null;

    public Column Evaluate(SqlFunctionInput input)
    {
        var texts = (TextColumn)input.Arguments[0];
        using var reasons = new TextBuilder(DataType.String, input.Memory, input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var reason = input.Counts(row) && !texts.IsNull(row) ? Wrong(texts[row]) : default;
            if (reason.IsEmpty) reasons.AppendNull();
            else reasons.Append(reason);
        }
        return reasons.Build(input.Rows);
    }

    private static ReadOnlySpan<byte> Wrong(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.IsEmpty) return default;
        if (text.Length > MostBytes) return "it is longer than 254 bytes"u8;
        var at = text.IndexOf((byte)'@');
        if (at < 0) return "it has no @"u8;
        if (at != text.LastIndexOf((byte)'@')) return "it has more than one @"u8;
        var local = text[..at];
        if (local.IsEmpty) return "nothing stands before the @"u8;
        if (local.Length > MostLocalBytes) return "more than 64 bytes stand before the @"u8;
        if (local.ContainsAny(Harmful)) return "a character before the @ is none of an address"u8;
        return local[0] == '.' || local[^1] == '.' || local.IndexOf(".."u8) >= 0 ? "a dot before the @ stands at an end or beside another"u8 : WrongDomain(text[(at + 1)..]);
    }

    private static ReadOnlySpan<byte> WrongDomain(ReadOnlySpan<byte> domain)
    {
        if (domain.ContainsAnyExcept(OfDomains)) return "the domain has other characters than letters, digits, - and dots"u8;
        if (!domain.Contains((byte)'.')) return "the domain has no dot"u8;
        while (true)
        {
            var dot = domain.IndexOf((byte)'.');
            var label = dot < 0 ? domain : domain[..dot];
            if (label.IsEmpty || label.Length > MostLabelBytes || label[0] == '-' || label[^1] == '-') return "a part of the domain is empty, too long, or has a - at an end"u8;
            if (dot < 0) return default;
            domain = domain[(dot + 1)..];
        }
    }
}
