using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>The databases that Chunnel knows.</summary>
internal static class DialectTable
{
    private static readonly Dialect[] All = [new PostgresDialect()];

    /// <summary>The dialect that an option names, else that of the URL.</summary>
    /// <exception cref="ChunnelException">There is none.</exception>
    public static Dialect Of(SettingsObject settings)
    {
        var url = JdbcUrl.Parse(ConnectionOptions.Url.Read(settings));
        if (ConnectionOptions.Dialect.TryRead(settings, out var name))
        {
            return Array.Find(All, dialect => dialect.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || dialect.UrlKinds.Contains(name, StringComparer.OrdinalIgnoreCase))
                ?? throw None($"'{name}' is no dialect that Chunnel knows.", ConnectionOptions.Dialect.Find(settings)!.Value.Where);
        }
        return Array.Find(All, dialect => dialect.UrlKinds.Contains(url.Kind, StringComparer.OrdinalIgnoreCase))
            ?? throw None($"No suitable dialect factory found for 'jdbc:{url.Kind}:'.", ConnectionOptions.Url.Find(settings)!.Value.Where);
    }

    /// <summary>Everything wrong with how the database is to be reached.</summary>
    public static IReadOnlyList<Problem> Check(SettingsObject settings)
    {
        if (ConnectionOptions.Url.Find(settings) is not { } entry || ConnectionOptions.Url.CheckValue(settings) is not null) return [];
        try
        {
            var url = JdbcUrl.Parse(ConnectionOptions.Url.Read(settings));
            if (ConnectionOptions.Properties.CheckValue(settings) is null) url = url.With(ConnectionOptions.Properties.Read(settings));
            return [.. Of(settings).CheckParameters(url, entry.Value.Where)];
        }
        catch (FormatException wrong)
        {
            return [new Problem(CommonErrors.OptionValidateFailed, $"'url' is no JDBC URL: {wrong.Message}.") { Where = entry.Value.Where, Mend = "Write jdbc:postgresql://host:port/database." }];
        }
        catch (ChunnelException wrong)
        {
            return [wrong.ToProblem()];
        }
    }

    private static ChunnelException None(string what, TextPosition where) =>
        new(JdbcErrors.NoDialect, what) { Where = where, Mend = $"Known: {string.Join(", ", All.SelectMany(dialect => dialect.UrlKinds).Select(kind => $"jdbc:{kind}:"))}." };
}
