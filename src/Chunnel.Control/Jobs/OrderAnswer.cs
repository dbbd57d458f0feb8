namespace Chunnel.Control;

/// <summary>The verdict, and a sentence where it is not the expected one.</summary>
public sealed record OrderAnswer(OrderVerdict Verdict, string? Text = null);
