using System.Text;

namespace Chunnel.Engine;

/// <summary>Where objects lie in an S3, Amazon's or one that speaks like it, and who asks.</summary>
public sealed record S3Place
{
    public required string Bucket { get; init; }

    /// <summary>What all keys begin with; empty, or with a slash at its end.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Null: Amazon's own, in the region.</summary>
    public Uri? Endpoint { get; init; }

    public string Region { get; init; } = "us-east-1";

    /// <summary>Null: what the environment or the machine's role gives.</summary>
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    /// <summary>Nobody signs.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>The bucket stands in the path, not in the host's name.</summary>
    public bool PathStyle { get; init; }

    public override string ToString() => $"s3://{Bucket}/{Prefix}";

    /// <summary>Keys to a store are never printed.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ToString());
        return true;
    }
}
