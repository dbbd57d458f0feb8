namespace Chunnel.Client;

/// <summary>What a node said instead of doing it.</summary>
public sealed class ServerException(int status, string message, string? detail) : Exception(message)
{
    /// <summary>The HTTP status: 4xx is a mistake of the call or the job.</summary>
    public int Status { get; } = status;

    /// <summary>What more the node says of it: place and cure.</summary>
    public string? Detail { get; } = detail;
}
