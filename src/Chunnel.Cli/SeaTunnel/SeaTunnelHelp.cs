namespace Chunnel.Cli.SeaTunnel;

/// <summary>The usage text of <c>seatunnel.sh</c>: SeaTunnel's flags in our words.</summary>
internal static class SeaTunnelHelp
{
    public const string Text = """
        Usage: seatunnel.sh [options]
          Options:
            -c, --config                    The job file
            -i, --variable                  A variable of the job, name=value; may be repeated, or
                                            hold several with commas between them
            -m, --master, -e, --deploy-mode Where the job runs: local or cluster (default: cluster)
            -n, --name                      The job's name (default: SeaTunnel)
            -cn, --cluster                  The name of the cluster
            --set-job-id                    An id of your own for the job
            --async                         Return when the job is submitted
            -cj, --close-job                Leave the job running when this client ends
            --check                         Check the job file and stop
            --encrypt, --decrypt            Print the job file with its secrets encrypted or decrypted
            -l, --list                      List jobs
            -j, --job-id                    Show the state of a job
            -can, --cancel-job              Cancel jobs
            -s, --savepoint                 Stop a job with a savepoint
            -r, --restore                   Start a job from its savepoint
            --metrics                       Show the metrics of a job
            --get_running_job_metrics       Show the metrics of all running jobs
            -h, --help                      Show this text
        """;
}
