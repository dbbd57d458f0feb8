namespace Chunnel.Core;

/// <summary>One step of a <see cref="TimePattern"/>: a field with its width, or literal bytes.</summary>
/// <param name="Field">What the step is.</param>
/// <param name="Width">How often the pattern repeats its letter; 0 for literals. For an optional start: the step behind its end.</param>
/// <param name="Text">The bytes of a literal.</param>
/// <param name="Adjacent">The step takes exactly its width of digits, because digits follow.</param>
internal readonly record struct TimeStep(TimeField Field, int Width, byte[] Text, bool Adjacent)
{
    /// <summary>Whether the step is made of digits without sign.</summary>
    public bool IsNumber => Field is not (TimeField.Literal or TimeField.MonthShort or TimeField.MonthFull or TimeField.DayShort
        or TimeField.DayFull or TimeField.Half or TimeField.Offset or TimeField.OffsetWithZ or TimeField.OptionalStart or TimeField.OptionalEnd);
}
