using System.CommandLine;
using Chunnel.Client;
using Chunnel.Core;

namespace Chunnel.Cli.Jobs;

/// <summary>Which node a command talks to, and as whom.</summary>
internal sealed class ServerOptions
{
    private const string DefaultServer = "http://localhost:8080";

    private readonly Option<string> _server = new("--server")
    {
        Description = "The node, with its context path if it has one (default: CHUNNEL_SERVER, else http://localhost:8080).",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHUNNEL_SERVER") ?? DefaultServer,
        Recursive = true,
    };

    private readonly Option<string?> _user = new("--user")
    {
        Description = "Who to be, where the node asks: name, or name:password. Without a password, CHUNNEL_PASSWORD holds it.",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_user);
    }

    /// <exception cref="ChunnelException">The address is none.</exception>
    public ServerAddress Read(ParseResult parsed)
    {
        var server = parsed.GetValue(_server)!;
        if (!Uri.TryCreate(server, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new ChunnelException(CommonErrors.IllegalArgument, $"'{server}' is no address of a node.") { Mend = $"Write it like {DefaultServer}." };
        }
        var user = parsed.GetValue(_user);
        var colon = user?.IndexOf(':') ?? -1;
        return new ServerAddress(url)
        {
            User = colon < 0 ? user : user![..colon],
            Password = colon < 0 ? Environment.GetEnvironmentVariable("CHUNNEL_PASSWORD") : user![(colon + 1)..],
        };
    }
}
