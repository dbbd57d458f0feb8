using System.Runtime.InteropServices;

namespace Chunnel.Cli.Running;

/// <summary>SIGINT and SIGTERM: the first asks nicely, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int ExitAtOnce = 130;

    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Asked => _asked.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _asked.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_asked.IsCancellationRequested) Environment.Exit(ExitAtOnce);
        _asked.Cancel();
    }
}
