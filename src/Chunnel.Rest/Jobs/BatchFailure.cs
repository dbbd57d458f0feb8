namespace Chunnel.Rest;

/// <summary>The order of a list that failed, and what became of the others.</summary>
internal sealed class BatchFailure(string where, Exception failure) : Exception(failure.Message, failure)
{
    public string Where { get; } = where;
}
