using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>The page that lists log files, line for line as SeaTunnel writes it: there are programs that search it for links.</summary>
internal static class LogPage
{
    public static BytesReply Write(WireStyle style, IEnumerable<LogLink> links)
    {
        var page = new StringBuilder("<html><head><title>Seatunnel log</title></head>\n<body>\n <h2>Seatunnel log</h2>\n <ul>\n");
        foreach (var link in links)
        {
            page.Append("<li><a href=\"").Append(WebUtility.HtmlEncode(link.Target)).Append("\">").Append(WebUtility.HtmlEncode(link.Text)).Append("</a></li>\n");
        }
        page.Append(" </ul>\n</body></html>");
        return new BytesReply(StatusCodes.Status200OK, style.PageType, Encoding.UTF8.GetBytes(page.ToString()));
    }
}

/// <summary>A line of the page.</summary>
internal sealed record LogLink(string Target, string Text);
