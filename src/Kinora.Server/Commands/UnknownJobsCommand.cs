using System.CommandLine;
using System.Globalization;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>What the operator does about jobs of unknown fate, of whichever owner.</summary>
internal static class UnknownJobsCommand
{
    private const int Most = 1_000;

    public static Command Build() => new("jobs", "Settle jobs of which nobody knows whether the provider has them") { BuildUnknown(), BuildResolve() };

    private static Command BuildUnknown()
    {
        var command = new Command("unknown", "List them, of every owner, newest first");
        command.SetAction(CliContext.Action(async (context, _, cancel) =>
        {
            var jobs = await context.Host.Get<UnknownJobs>().ListAsync(Most, cancel);
            context.Answer(Table(jobs), json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var job in jobs)
                {
                    JobView.Write(json, job);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildResolve()
    {
        var id = JobCommands.IdArgument();
        var lost = new Option<bool>("--lost") { Description = "The provider does not have it: it has failed and nothing was charged" };
        var remoteId = new Option<string?>("--remote-id") { Description = "The provider has it under this id: it goes on from there", HelpName = "ID" };
        var command = new Command("resolve", "Say what became of one, as the account at the provider shows it; nothing is sent again") { id, lost, remoteId };
        command.Validators.Add(result =>
        {
            if (result.GetValue(lost) == (result.GetValue(remoteId) is not null))
            {
                result.AddError("Look into the account at the provider, and give either --lost or --remote-id ID.");
            }
        });
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var (unknown, job) = (context.Host.Get<UnknownJobs>(), JobCommands.IdOf(parsed.GetValue(id)!));
            var settled = parsed.GetValue(remoteId) is { } remote ? await unknown.FoundAsync(job, remote, cancel) : await unknown.LostAsync(job, cancel);
            context.Answer(JobText.Describe(context, settled), json => JobView.Write(json, settled));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static string Table(IReadOnlyList<Job> jobs) => jobs.Count == 0
        ? "There are none."
        : string.Join(Environment.NewLine, jobs.Select(job => string.Create(
            CultureInfo.InvariantCulture,
            $"{job.PublicId}  {job.SubmittedAt?.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {job.Owner,-12}  {job.Model,-20}  {JobView.Short(job.Request.Prompt, 40)}")))
            + Environment.NewLine + "Look each up in the account at its provider, by time and prompt; then:  kinora jobs resolve ID --lost  or  --remote-id ID";
}
