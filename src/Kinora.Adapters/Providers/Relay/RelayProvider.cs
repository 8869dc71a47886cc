using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>A unified gateway, spoken to as its <see cref="RelayProfile"/> says. Nothing here knows one gateway from another.</summary>
internal sealed class RelayProvider(TaskSite site, RelayProfile profile, ProviderTraits traits, TimeProvider clock) : TaskProvider(site, traits, clock)
{
    private readonly RelaySettings _settings = new(profile, site.Extra);
    private readonly IReadOnlyList<RelayCall> _polls = profile.Polls;

    protected override IReadOnlyList<ModelInfo> Known { get; } = [.. profile.Models.Select(model => model.At(site.Name, model.Name, CanRemix(profile, new(profile, site.Extra))) with { Options = RelaySettings.Options(profile) })];

    public override async Task<CheckOutcome> CheckAsync(RemoteJob job, IProgress<double> progress, CancellationToken cancel)
    {
        CheckOutcome? first = null;
        var own = Note(job.RemoteData).Poll;
        foreach (var poll in _polls.OrderBy(poll => _polls.Index().First(one => one.Item == poll).Index != own))
        {
            var wrongDoor = false;
            using var request = new HttpRequestMessage(poll.Verb, Api.Endpoint.At(poll.At(job.RemoteId)));
            var outcome = await Api.CheckAsync(request, reply => ReadLook(reply, job), cancel, reply => wrongDoor = reply.Code == 404 || (reply.IsSuccess && reply.IsPage));

            // Some keep a job at one door only, and have a page or a 404 at the other. What the other says in fault is worth less than what this one said.
            if (!wrongDoor)
            {
                return first is null || outcome is not (CheckOutcome.Missing or CheckOutcome.Unreachable) ? outcome : first;
            }

            first ??= outcome;
        }

        return first!;
    }

    protected override async Task<HttpRequestMessage> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var create = WayOf(submission);
        RefuseUnsaid(submission.Request, create);
        return new HttpRequestMessage(create.Call.Verb, Api.Endpoint.At(create.Call.At(submission.Source?.RemoteId)))
        {
            Content = await new RelaySources(submission, SettingsOf(submission)).WriteAsync(create, cancel),
        };
    }

    protected override SubmitOutcome? ReadCreate(ApiReply reply, Submission submission)
    {
        if (RelayAnswer.Of(reply, profile) is not { Id: { } id } answer || !Loose.IsPathId(id))
        {
            return null;
        }

        var poll = WayOf(submission).Poll;
        var note = JsonSerializer.Serialize(new RelayNote(_polls.Index().First(one => one.Item == poll).Index, SettingsOf(submission).IsOn(profile.Remix?.Unless)), RelayJson.Default.RelayNote);
        return answer is { State: RemoteState.Completed, Link: { } link }
            ? new SubmitOutcome.Finished(id, [new RemoteOutput { Url = link }], RemoteData: note)
            : new SubmitOutcome.Accepted(id, note, RetryAfter.NextLook(reply.Headers, Clock));
    }

    protected override Uri LookAddress(RemoteJob job) => Api.Endpoint.At(_polls[Note(job.RemoteData).Poll].At(job.RemoteId));

    protected override CheckOutcome? ReadLook(ApiReply reply, RemoteJob job)
    {
        if (RelayAnswer.Of(reply, profile) is not { } answer)
        {
            return null;
        }

        if (answer.Stated is { } stated)
        {
            return InPlaceOfTheJob(reply, job, stated);
        }

        // A link counts as done whatever the word says, except a word for an end without one. Whose id the answer carries does not matter: the job is the one that was asked for.
        return (answer.State, answer.Link) switch
        {
            (RemoteState.Failed or RemoteState.Cancelled or RemoteState.Expired, _) => Ended(answer.State, answer.Error),
            (_, { } link) => new CheckOutcome.Finished([new RemoteOutput { Url = link }]),
            (RemoteState.Completed, _) => IsPatient(job)
                ? Running(reply, null, answer.Word)
                : NoLink(MediaKind.Video),
            _ => answer.Word is null ? null : Running(reply, answer.Progress, answer.Word),
        };
    }

    protected override ModelInfo Unlisted(string name) =>
        profile.OtherModels is { } rules ? rules.At(Name, name, CanRemix(profile, _settings)) with { Title = $"{name} at {Name}", Options = RelaySettings.Options(profile) } : base.Unlisted(name);

    private RelaySettings SettingsOf(Submission submission) => new(profile, Site.Extra, submission.Request.Options);

    private static bool CanRemix(RelayProfile profile, RelaySettings settings) => profile.Remix is { } remix && !settings.IsOn(remix.Unless);

    private static RelayNote Note(string? data) => data is null ? new RelayNote(0, false) : JsonSerializer.Deserialize(data, RelayJson.Default.RelayNote)!;

    private RelayCreate WayOf(Submission submission) => submission.Request switch
    {
        { Operation: Operation.Remix } => RemixOf(submission.Source),
        { Operation: Operation.Edit or Operation.Extend } => throw new UnsayableException("cannot edit or extend a video."),
        { FirstFrame: not null } when profile.CreateWithPicture is { } other => other,
        _ => profile.Create,
    };

    private RelayCreate RemixOf(SourceJob? source) => profile.Remix switch
    {
        null => throw new UnsayableException("cannot remix."),
        { } remix when source?.Provider == Name && source.RemoteId is { } id && remix.IdStarts.Any(start => id.StartsWith(start, StringComparison.Ordinal)) && !Note(source.RemoteData).Closed => remix.Create,
        _ => throw new UnsayableException("can only remix what it made itself under an id of its remixable kind, and not in private."),
    };

    /// <summary>What was asked and has no place in the body would be paid and not made.</summary>
    private static void RefuseUnsaid(GenerationRequest request, RelayCreate create)
    {
        if (request.FirstFrame is not null && !create.Says("firstFrame"))
        {
            throw new UnsayableException("needs a public image URL: this relay fetches first frames itself, and a picture kept here has none.");
        }

        // A remix is as large and as long as its source.
        var isNew = request.Operation != Operation.Remix;
        foreach (var (asked, said, what) in (ReadOnlySpan<(bool, bool, string)>)
            [
                (request.LastFrame is not null || request.References.Count > 0, false, "last frames or reference pictures"),
                (request.NegativePrompt is not null, create.Says("negativePrompt"), "negative prompts"),
                (request.Seed is not null, create.Says("seed"), "seeds"),
                (request.Audio is not null, create.Says("audio"), "wishes about sound"),
                (isNew && request.Seconds is not null, create.Says("seconds"), "lengths"),
                (isNew && request.Size is not null, create.Says("size", "width", "side", "ratio", "orientation"), "sizes"),
            ])
        {
            if (asked && !said)
            {
                throw new UnsayableException($"takes no {what}.");
            }
        }
    }

    private CheckOutcome InPlaceOfTheJob(ApiReply reply, RemoteJob job, ProviderError error) =>
        error.Code.Contains("not_exist", StringComparison.Ordinal) || error.Code.Contains("not_found", StringComparison.Ordinal)
            ? new CheckOutcome.Missing($"{Name} does not know the job: {Api.Say(reply)}.")

            // Some answer so for a job that has failed, and some when they themselves are out of order.
            : IsPatient(job) ? Running(reply, null, error.Code) : Ended(RemoteState.Failed, error);

    /// <summary>Takes one of the looks that a job gets which makes no sense. Counted beside the job, so that a restart does not begin anew.</summary>
    private bool IsPatient(RemoteJob job)
    {
        try
        {
            var marks = Path.Combine(job.WorkFolder, $"relay-looks-{job.JobId.Hex}");
            File.AppendAllText(marks, ".");
            return new FileInfo(marks).Length <= profile.Patience;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
