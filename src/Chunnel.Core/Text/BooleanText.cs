namespace Chunnel.Core;

/// <summary>Truth as <c>true</c> and <c>false</c>; read in any case, and as 1 and 0.</summary>
public static class BooleanText
{
    public static ReadOnlySpan<byte> Of(bool value) => value ? "true"u8 : "false"u8;

    public static ParseOutcome TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 1 ? text[0] == '1' : System.Text.Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || text.SequenceEqual("0"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "false"u8) ? ParseOutcome.Exact : ParseOutcome.Malformed;
    }
}
