using System.CommandLine;
using Chunnel.Client;

namespace Chunnel.Cli.Jobs;

/// <summary><c>chunnel jobs list | show | submit | stop | savepoint | logs</c>: the jobs of a node, over REST.</summary>
internal static class JobsCommand
{
    public static Command Make()
    {
        var command = new Command("jobs", "List, show, submit and stop the jobs of a node, let them take savepoints, read their logs.");
        var server = new ServerOptions();
        server.AddTo(command);
        command.Subcommands.Add(List(server));
        command.Subcommands.Add(Show(server));
        command.Subcommands.Add(Submit(server));
        command.Subcommands.Add(Stop(server));
        command.Subcommands.Add(Savepoint(server));
        command.Subcommands.Add(Logs(server));
        return command;
    }

    private static Command List(ServerOptions server)
    {
        var state = new Option<string?>("--state") { Description = "Only jobs in this state: RUNNING, FINISHED, FAILED, CANCELED, ..." };
        var json = JsonOption();
        var command = new Command("list", "All jobs that the node knows, those that have not ended first.") { state, json };
        command.SetAction((parsed, stop) => ConnectedAsync(server, parsed, desk => desk.ListAsync(parsed.GetValue(state), parsed.GetValue(json), stop)));
        return command;
    }

    private static Command Show(ServerOptions server)
    {
        var job = JobId();
        var json = JsonOption();
        var command = new Command("show", "One job: state, graph, counts, error.") { job, json };
        command.SetAction((parsed, stop) => ConnectedAsync(server, parsed, desk => desk.ShowAsync(parsed.GetValue(job), parsed.GetValue(json), stop)));
        return command;
    }

    private static Command Submit(ServerOptions server)
    {
        var job = new Argument<string>("JOB") { Description = "The job file: .conf (HOCON), .json or .sql." };
        var name = new Option<string?>("-n", "--name") { Description = "The job's name." };
        var jobId = new Option<long?>("--set-job-id") { Description = "The job's id; the node makes one when absent. Submitting the same id again starts nothing new." };
        var restore = new Option<bool>("--restore") { Description = "Go on from the savepoint of the job with this id." };
        var wait = new Option<bool>("--wait") { Description = "Come back when the job has ended; 0 only if it is FINISHED." };
        var command = new Command("submit", "Hand a job to the node.") { job, name, jobId, restore, wait };
        command.SetAction((parsed, stop) => ConnectedAsync(server, parsed, async desk =>
        {
            var order = await JobOrder.OfFileAsync(parsed.GetRequiredValue(job), stop);
            order = order with
            {
                Name = parsed.GetValue(name),
                JobId = parsed.GetValue(jobId),
                StartsFromSavepoint = parsed.GetValue(restore),
                IdempotencyKey = Guid.NewGuid().ToString(),
            };
            return await desk.SubmitAsync(order, parsed.GetValue(wait), stop);
        }));
        return command;
    }

    private static Command Stop(ServerOptions server)
    {
        var jobs = new Argument<long[]>("ID") { Description = "Ids of jobs.", Arity = ArgumentArity.OneOrMore };
        var savepoint = new Option<bool>("--savepoint") { Description = "Keep where the job was, to go on later." };
        var wait = new Option<bool>("--wait") { Description = "Come back when the jobs have ended." };
        var command = new Command("stop", "Stop jobs.") { jobs, savepoint, wait };
        command.SetAction((parsed, stop) => ConnectedAsync(server, parsed, desk => desk.StopAsync(parsed.GetRequiredValue(jobs), parsed.GetValue(savepoint), parsed.GetValue(wait), stop)));
        return command;
    }

    private static Command Savepoint(ServerOptions server)
    {
        var jobs = new Argument<long[]>("ID") { Description = "Ids of jobs.", Arity = ArgumentArity.OneOrMore };
        var wait = new Option<bool>("--wait") { Description = "Come back when the savepoints are complete; 0 only if all are." };
        var command = new Command("savepoint", "Let jobs take a savepoint and run on.") { jobs, wait };
        command.SetAction((parsed, stop) => ConnectedAsync(server, parsed, desk => desk.SaveAsync(parsed.GetRequiredValue(jobs), parsed.GetValue(wait), stop)));
        return command;
    }

    private static Command Logs(ServerOptions server)
    {
        var job = JobId();
        var command = new Command("logs", "What the job logged, on every node.") { job };
        command.SetAction((parsed, stop) => ConnectedAsync(server, parsed, desk => desk.LogsAsync(parsed.GetValue(job), stop)));
        return command;
    }

    private static Argument<long> JobId() => new("ID") { Description = "The job's id." };

    private static Option<bool> JsonOption() => new("--json") { Description = "What the node answers, as it is." };

    private static async Task<int> ConnectedAsync(ServerOptions options, ParseResult parsed, Func<JobsDesk, Task<int>> act)
    {
        var address = options.Read(parsed);
        using var client = new ChunnelClient(address);
        try
        {
            return await act(new JobsDesk(client, Console.Out, Console.Error));
        }
        catch (ServerException refused)
        {
            await Console.Error.WriteLineAsync(refused.Detail is null ? refused.Message : $"{refused.Message}\n{refused.Detail}");
            return ExitCodes.Failure;
        }
        catch (HttpRequestException unreachable)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {unreachable.Message} Is a node running there? --server names another.");
            return ExitCodes.Failure;
        }
        catch (IOException missing)
        {
            await Console.Error.WriteLineAsync(missing.Message);
            return ExitCodes.Failure;
        }
    }
}
