using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Where a database is and who logs in. It prints without its secrets.</summary>
internal sealed record ConnectionSettings(JdbcUrl Url)
{
    public string? User { get; init; }

    public string? Password { private get; init; }

    public required int CheckTimeout { get; init; }

    public string? CompatibleMode { get; init; }

    /// <summary>Where the block stands, for errors.</summary>
    public required TextPosition Where { get; init; }

    /// <summary>Reads the options of a block whose URL is in order.</summary>
    public static ConnectionSettings Read(SettingsObject settings)
    {
        var url = JdbcUrl.Parse(ConnectionOptions.Url.Read(settings)).With(ConnectionOptions.Properties.Read(settings));
        return new ConnectionSettings(url)
        {
            User = ConnectionOptions.User.TryRead(settings, out var user) ? user : url.Parameters.GetValueOrDefault("user"),
            Password = ConnectionOptions.Password.TryRead(settings, out var password) ? password : url.Parameters.GetValueOrDefault("password"),
            CheckTimeout = ConnectionOptions.CheckTimeout.Read(settings),
            CompatibleMode = ConnectionOptions.CompatibleMode.TryRead(settings, out var mode) ? mode : null,
            Where = ConnectionOptions.Url.Find(settings)?.Value.Where ?? settings.Where,
        };
    }

    /// <summary>The password, for the driver only.</summary>
    public string? RevealPassword() => Password;

    public override string ToString() => Url.ToString();
}
