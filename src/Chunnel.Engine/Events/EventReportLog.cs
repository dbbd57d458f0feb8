using Microsoft.Extensions.Logging;

namespace Chunnel.Engine;

/// <summary>What the sending of events says.</summary>
internal static partial class EventReportLog
{
    [LoggerMessage(1201, LogLevel.Warning, "Events of jobs are not taken by {Address} and wait, the newest 2000: {Reason}. Is event-report-http.url right?")]
    public static partial void EventsNotTaken(this ILogger log, string address, string reason);

    [LoggerMessage(1202, LogLevel.Information, "Events of jobs are taken by {Address} again.")]
    public static partial void EventsTakenAgain(this ILogger log, string address);
}
