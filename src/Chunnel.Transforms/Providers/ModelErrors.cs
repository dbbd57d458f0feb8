using Chunnel.Core;

namespace Chunnel.Transforms.Providers;

/// <summary>How asking a model fails.</summary>
internal static class ModelErrors
{
    /// <summary>It may be better in a moment: too many requests, a server's trouble, no answer in time.</summary>
    public static readonly ErrorCode Unavailable = new("CHUNNEL-70", "The model cannot be asked now", Blame.World, Retry.Later);

    /// <summary>Asking again gives the same: a key that does not count, an address or model that is not there.</summary>
    public static readonly ErrorCode Refused = new("CHUNNEL-71", "The model's provider refuses the request");

    /// <summary>The answer is not what was asked for.</summary>
    public static readonly ErrorCode WrongAnswer = new("CHUNNEL-72", "The model's answer cannot be used");
}
