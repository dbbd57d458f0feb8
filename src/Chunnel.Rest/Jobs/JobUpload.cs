using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Chunnel.Rest;

/// <summary>A job file as a form brings it (spec rest-api.md 6.5).</summary>
/// <param name="Name">As the caller's system calls it, without folders; null where the part has none.</param>
/// <param name="Text">What it holds.</param>
internal sealed record JobUpload(string? Name, string Text)
{
    private const string Part = "config_file";
    private const int LongestBoundary = 128;

    /// <exception cref="RestRefusal">The body is no form, is cut off, or has no such part; or the file is too large.</exception>
    public static async Task<JobUpload> ReadAsync(HttpRequest request, BodyLimits limits, CancellationToken stop)
    {
        if (limits.MostUpload < limits.Most && request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.MostUpload;
        var reader = new MultipartReader(BoundaryOf(request), request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(stop) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var place) || HeaderUtilities.RemoveQuotes(place.Name) != Part) continue;
                var name = HeaderUtilities.RemoveQuotes(place.FileNameStar.HasValue ? place.FileNameStar : place.FileName).Value;
                return new JobUpload(name is null ? null : name[(name.LastIndexOfAny(['/', '\\']) + 1)..], await RestCall.ReadTextAsync(section.Body, "file", limits.MostUploadFile ?? long.MaxValue, stop));
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw RestRefusal.BadRequest($"The form is broken: {broken.Message}");
        }
        throw RestRefusal.BadRequest($"The form has no part '{Part}'. Send one: curl --form '{Part}=@job.conf'.");
    }

    private static string BoundaryOf(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary)
        {
            return boundary;
        }
        throw RestRefusal.BadRequest($"The body must be multipart/form-data with a part '{Part}': curl --form '{Part}=@job.conf'.");
    }
}
