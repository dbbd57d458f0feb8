namespace Chunnel.Connectors.Files;

/// <summary>A finished file, and the place where it belongs.</summary>
internal sealed record FileMove(string From, string To);
