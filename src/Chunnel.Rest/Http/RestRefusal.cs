namespace Chunnel.Rest;

/// <summary>A request that is at fault, with the text its caller may compare with.</summary>
internal sealed class RestRefusal(int status, string message) : Exception(message)
{
    private const int BadRequestStatus = 400;

    public int Status { get; } = status;

    /// <summary>What is wrong in full, for the log and a header, where the text itself must not change.</summary>
    public string? Detail { get; init; }

    public static RestRefusal BadRequest(string message, string? detail = null) => new(BadRequestStatus, message) { Detail = detail };

    public static RestRefusal NotANumber(string text) => BadRequest(WireTexts.NotANumber(text));
}
