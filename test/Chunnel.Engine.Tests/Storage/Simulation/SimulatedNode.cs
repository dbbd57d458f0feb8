using System.Globalization;
using Chunnel.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chunnel.Engine.Tests.Storage;

/// <summary>A node that wants to be the master, decides a while, and dies at some moment.</summary>
internal sealed class SimulatedNode(int number, SimulatedSchedule schedule)
{
    private const int MostTogether = 3;

    private readonly AllRecords _state = new();

    public int Number => number;

    public bool IsAlive { get; private set; } = true;

    public ControlLog? Log { get; private set; }

    public HashSet<int> Records => [.. _state.Texts.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    public void Die() => IsAlive = false;

    public async Task LiveAsync()
    {
        try
        {
            await DecideAsync();
        }
        catch (FencedException)
        {
            // Another one is the master.
        }
        catch (Exception fault)
        {
            schedule.Violated($"node {number} met a fault: {fault.Message}");
        }
        Die();
    }

    private async Task DecideAsync()
    {
        var settings = new ControlLogSettings
        {
            ClaimTries = 1,
            OpenPatience = Timeout.InfiniteTimeSpan,
            RollCommits = schedule.RollCommits,
            ReadAhead = 1 + (number % 3),
        };
        var store = new LogStore(new SimulatedMedium(schedule.Store, this), settings, new SimulatedClock(schedule.Store, this), NullLogger.Instance);
        var protocol = schedule.Protocol(store, settings);
        Log = await ControlLog.OpenAsync(protocol, _state, settings, new SimulatedClock(schedule.Store, this), NullLogger.Instance, CancellationToken.None);
        schedule.IsMaster(this);
        while (true)
        {
            switch (schedule.Store.Dice.NextDouble())
            {
                case < 0.7: await Task.WhenAll(Enumerable.Range(0, 1 + schedule.Store.Dice.Next(MostTogether)).Select(_ => AppendAsync(schedule.NextRecord()))); break;
                case < 0.75: await Log.RollAsync(CancellationToken.None); break;
                case var death when death < 0.75 + schedule.Dies: return;
                default: await Task.Delay(TimeSpan.FromMilliseconds(1), new SimulatedClock(schedule.Store, this)); break;
            }
        }
    }

    private async Task AppendAsync(int record)
    {
        try
        {
            await Log!.AppendAsync(AllRecords.Record(record.ToString(CultureInfo.InvariantCulture)), CancellationToken.None);
        }
        catch (FencedException)
        {
            schedule.Refused(record);
            throw;
        }
        schedule.Acknowledged(record, Log.Epoch);
    }
}
