namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// A JDBC URL taken apart: <c>jdbc:kind://host:port,host:port/database?name=value&amp;name=value</c>, or <c>jdbc:kind:database</c>. It
/// prints without its parameters, among which a password may stand.
/// </summary>
internal sealed record JdbcUrl(string Kind, IReadOnlyList<JdbcHost> Hosts, string? Database)
{
    public IReadOnlyDictionary<string, string> Parameters { get; private init; } = new Dictionary<string, string>();

    /// <summary>Takes the text apart.</summary>
    /// <exception cref="FormatException">It is none; the message says why and quotes nothing of it.</exception>
    public static JdbcUrl Parse(string text)
    {
        const string scheme = "jdbc:";
        text = text.Trim();
        if (!text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) throw new FormatException("it does not begin with 'jdbc:'");
        var (address, query) = Cut(text[scheme.Length..], '?');
        var slashes = address.IndexOf("://", StringComparison.Ordinal);
        if (slashes < 0)
        {
            var colon = address.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new FormatException("it names no kind of database");
            return new JdbcUrl(address[..colon], [], Named(address[(colon + 1)..].Trim('/'))) { Parameters = ParametersOf(query) };
        }
        var (hosts, database) = Cut(address[(slashes + 3)..], '/');
        if (hosts.Contains('@', StringComparison.Ordinal)) throw new FormatException("user and password do not stand before the host: use the options 'user' and 'password'");
        return new JdbcUrl(address[..slashes], [.. hosts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(JdbcHost.Parse)], Named(database)) { Parameters = ParametersOf(query) };
    }

    /// <summary>The same URL with more parameters, which win.</summary>
    public JdbcUrl With(IReadOnlyDictionary<string, string> more)
    {
        if (more.Count == 0) return this;
        var all = new Dictionary<string, string>(Parameters, StringComparer.Ordinal);
        foreach (var (name, value) in more) all[name] = value;
        return this with { Parameters = all };
    }

    public override string ToString() => $"jdbc:{Kind}://{string.Join(',', Hosts)}/{Database}";

    private static string? Named(string? database) => string.IsNullOrEmpty(database) ? null : Uri.UnescapeDataString(database);

    private static (string Before, string? Behind) Cut(string text, char at)
    {
        var place = text.IndexOf(at, StringComparison.Ordinal);
        return place < 0 ? (text, null) : (text[..place], text[(place + 1)..]);
    }

    private static Dictionary<string, string> ParametersOf(string? query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Cut(pair, '=');
            parameters[Uri.UnescapeDataString(name)] = Uri.UnescapeDataString(value ?? "");
        }
        return parameters;
    }
}

/// <summary>A host and, where it is written, its port.</summary>
internal sealed record JdbcHost(string Name, int? Port)
{
    public static JdbcHost Parse(string text)
    {
        text = text.Trim();
        var colon = text.LastIndexOf(':');
        // The colons of an IPv6 address stand within brackets.
        if (colon < 0 || colon < text.LastIndexOf(']')) return new JdbcHost(text.Trim('[', ']'), null);
        if (!int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port) || port is < 1 or > 65535) throw new FormatException($"the port of host '{text[..colon]}' is no number from 1 to 65535");
        return new JdbcHost(text[..colon].Trim('[', ']'), port);
    }

    public override string ToString() => Port is { } port ? $"{Name}:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : Name;
}
