using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>A row has no form in the file that is written. Nothing of its batch was written: others of it may be.</summary>
public sealed class UnwritableRowException(string what, Exception inner) : ChunnelException(FormatErrors.BadValue, what, inner);
