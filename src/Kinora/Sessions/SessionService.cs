using Kinora.Folders;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Images;
using Kinora.Jobs;
using Kinora.References;

namespace Kinora.Sessions;

/// <summary>A session to be begun.</summary>
public sealed record SessionDraft
{
    /// <summary>1 to 32,000 characters: told to the model in every turn.</summary>
    public required string Description { get; init; }

    /// <summary>A model id, an alias, or null for the default image model.</summary>
    public string? Model { get; init; }

    /// <summary>At most 200 characters.</summary>
    public string? Name { get; init; }
}

/// <summary>A session with its turns, those that failed left out.</summary>
/// <param name="Turns">Completed, oldest first, with their files.</param>
/// <param name="Pending">Open, oldest first.</param>
public sealed record SessionView(ImageSession Session, SessionState State, IReadOnlyList<Job> Turns, IReadOnlyList<Job> Pending);

/// <summary>A session that goes on from a picture, and what is known of that picture.</summary>
/// <param name="Picture">Its id; null when its job is gone.</param>
/// <param name="Name">Its name in the workspace folder, where it has one.</param>
public sealed record Promotion(ImageSession Session, ImageId? Picture, string? Name, PictureNotes Notes);

/// <summary>Conversations about pictures: beginning, turns, ending, and beginning with a picture that is there already.</summary>
public sealed class SessionService(
    ISessionStore sessions, IJobStore jobs, GenerationService generation, ModelCatalog catalog, ImageWorkspace workspace, ReferenceImporter importer,
    ImageSessionOptions options, IRandomBytes random, TimeProvider time)
{
    public const int MaxDescription = 32_000;
    public const int MaxName = 200;

    public ImageSessionOptions Options => options;

    /// <exception cref="KinoraException"><c>invalid_request</c>, <c>model_not_found</c>, <c>limit_reached</c>.</exception>
    public Task<ImageSession> CreateAsync(Caller caller, SessionDraft draft, CancellationToken cancel) => BeginAsync(caller, draft, session => session, cancel);

    /// <summary>One more turn: goes on from the newest picture, or from the one the draft names as its source.</summary>
    /// <param name="turn">Model, instructions and session are filled in here.</param>
    /// <exception cref="KinoraException"><c>session_not_found</c>, <c>session_closed</c>, <c>session_expired</c>; and what a submission throws.</exception>
    public async Task<CreateResult> TurnAsync(Caller caller, string id, GenerationDraft turn, CancellationToken cancel)
    {
        var session = await FindAsync(caller, id, cancel);
        var draft = await DraftAsync(session, turn, cancel);
        if (Refusal(session) is { } refusal)
        {
            return await generation.FindAsync(caller, draft, cancel) is { } first ? new CreateResult(first, AlreadyThere: true) : throw refusal;
        }

        var created = await generation.SubmitAsync(caller, draft, cancel);
        await sessions.TouchAsync(session.Id, time.GetUtcNow(), cancel);
        return created;
    }

    /// <summary>A session in any state.</summary>
    /// <exception cref="KinoraException"><c>session_not_found</c>.</exception>
    public async Task<SessionView> GetAsync(Caller caller, string id, CancellationToken cancel)
    {
        var session = await FindAsync(caller, id, cancel);
        var turns = await sessions.TurnsAsync(session.Id, cancel);
        return new SessionView(
            session,
            StateOf(session),
            [.. turns.Where(t => t.Status == JobStatus.Completed)],
            [.. turns.Where(t => !t.Status.IsFinal())]);
    }

    public SessionState StateOf(ImageSession session) => session.State(time.GetUtcNow(), options.Timeout);

    /// <summary>The active ones, last used first.</summary>
    public Task<IReadOnlyList<SessionSummary>> ListAsync(Caller caller, CancellationToken cancel) =>
        sessions.ListActiveAsync(caller.UserId, time.GetUtcNow() - options.Timeout, cancel);

    /// <summary>Those that are closed or expired, last used first.</summary>
    /// <param name="after">The last of the page before, as a client names it; null for the first page.</param>
    /// <exception cref="KinoraException"><c>session_not_found</c>.</exception>
    public async Task<SessionPage> ListEndedAsync(Caller caller, string? after, int most, CancellationToken cancel)
    {
        var last = after is null ? null : await FindAsync(caller, after, cancel);
        var ended = await sessions.ListEndedAsync(caller.UserId, time.GetUtcNow() - options.Timeout, last?.Id, most + 1, cancel);
        return new SessionPage([.. ended.Take(most)], ended.Count > most);
    }

    /// <summary>Ends a session; its pictures are kept. Ending it twice is no fault.</summary>
    /// <exception cref="KinoraException"><c>session_not_found</c>.</exception>
    public async Task<SessionView> CloseAsync(Caller caller, string id, CancellationToken cancel)
    {
        var session = await FindAsync(caller, id, cancel);
        await sessions.CloseAsync(session.Id, caller.UserId, time.GetUtcNow(), cancel);
        return await GetAsync(caller, id, cancel);
    }

    /// <summary>Begins a session with a picture made here: by its id, or by its name in the workspace folder, also when the database knows nothing of it any more.</summary>
    /// <exception cref="KinoraException">
    /// <c>not_found</c>, <c>not_ready</c>, <c>file_not_found</c>, <c>metadata_missing</c>, <c>metadata_unreadable</c>, <c>metadata_incomplete</c> (says what is missing), and those of
    /// <see cref="CreateAsync"/>.
    /// </exception>
    public async Task<Promotion> PromoteAsync(Caller caller, string picture, SessionDraft draft, CancellationToken cancel)
    {
        var byId = ImageId.TryParse(picture, out var id);
        var notes = byId ? null : await workspace.NotesAsync(caller.UserId, picture, cancel);
        if (!byId && !ImageId.TryParse(notes!.GenerationId, out id))
        {
            id = default;
        }

        var job = id == default ? null : await jobs.GetAsync(id.Job, caller.UserId, cancel);
        if (job is { Kind: MediaKind.Image, Status: JobStatus.Completed } && job.Assets.FirstOrDefault(a => a.Role == Assets.AssetRole.Image && a.Index == id.Index) is { } asset
            && (byId || await workspace.IsCopyAsync(caller.UserId, picture, asset, cancel)))
        {
            var known = await BeginAsync(caller, draft with { Model = draft.Model ?? job.Model }, session => session with { Origin = id }, cancel);
            return new Promotion(known, id, asset.WorkspaceName, ImageWorkspace.Notes(job, asset, session: null, asset.WorkspaceName ?? "", 0));
        }

        if (notes is null)
        {
            throw job is { Kind: MediaKind.Image, Status: not JobStatus.Completed }
                ? new KinoraException(ErrorCodes.NotReady, $"That image is not completed ({job.Status.Word()}). Wait for it first.")
                : KinoraException.NotFound("image");
        }

        RequireComplete(notes);
        var kept = await importer.ImportAsync(new ImageSource.WorkspaceFile("image_path", OwnedNames.Of(caller.UserId, picture)), cancel);
        var origin = new OriginPicture(kept, notes.OriginalPrompt!, notes.RevisedPrompt);
        return new Promotion(await BeginAsync(caller, draft, session => session with { OriginPicture = origin }, cancel), null, picture, notes);
    }

    private async Task<ImageSession> BeginAsync(Caller caller, SessionDraft draft, Func<ImageSession, ImageSession> add, CancellationToken cancel)
    {
        Check(draft);
        var model = await catalog.ResolveAsync(draft.Model, MediaKind.Image, cancel);
        if (!model.Model.Kinds.Contains(MediaKind.Image))
        {
            throw KinoraException.Invalid([new Fault("model", $"{model.Model.Id} makes no pictures. Leave the model out for the default one.", ErrorCodes.UnsupportedByModel)]);
        }

        var now = time.GetUtcNow();
        var session = add(new ImageSession
        {
            Id = SessionId.New(random),
            Owner = caller.UserId,
            Name = draft.Name,
            Description = draft.Description,
            Model = model.Model.Id,
            AskedModel = draft.Model == model.Model.Id ? null : draft.Model,
            CreatedAt = now,
            UsedAt = now,
        });
        return await sessions.CreateAsync(session, options.MaxActive, now - options.Timeout, cancel)
            ? session
            : throw new KinoraException(
                ErrorCodes.LimitReached, $"There {(options.MaxActive == 1 ? "is 1 active session" : $"are {options.MaxActive} active sessions")} already, which is the limit. Close one that is no longer needed, then try again.");
    }

    private async Task<ImageSession> FindAsync(Caller caller, string id, CancellationToken cancel) =>
        SessionId.TryParse(id, out var sessionId) && await sessions.GetAsync(sessionId, caller.UserId, cancel) is { } session
            ? session
            : throw new KinoraException(ErrorCodes.SessionNotFound, "There is no session with that id.");

    private async Task<GenerationDraft> DraftAsync(ImageSession session, GenerationDraft turn, CancellationToken cancel)
    {
        var alone = turn.References.Count > 0 && (turn.FromReferencesOnly || await TakesOneAsync(session.Model, cancel));
        var last = alone || turn.SourceId is not null ? null : await sessions.LastPictureAsync(session.Id, cancel);
        var source = turn.SourceId ?? (alone ? null : last is null ? session.Origin?.ToString() : new ImageId(last.Id, 0).ToString());
        var beginsWithOrigin = !alone && source is null;
        return turn with
        {
            Kind = MediaKind.Image,
            Session = session.Id,
            Model = session.Model,
            Instructions = Instructions(session, beginsWithOrigin),
            SourceId = source,
            SourceFollows = turn.SourceId is null,
            References = beginsWithOrigin && session.OriginPicture is { } origin ? [new ImageSource.Kept("image_path", origin.Picture), .. turn.References] : turn.References,
        };
    }

    /// <summary>Such a model cannot have both the newest picture and one that is given: the given one is meant.</summary>
    private async Task<bool> TakesOneAsync(string model, CancellationToken cancel) =>
        (await catalog.ResolveAsync(model, MediaKind.Image, cancel)).Model.Image is { MaxInputs: 1 };

    private KinoraException? Refusal(ImageSession session) =>
        StateOf(session) switch
        {
            SessionState.Closed => new KinoraException(
                ErrorCodes.SessionClosed, "The session was closed. Its pictures are kept: begin a new session with one of them to go on."),
            SessionState.Expired => new KinoraException(
                ErrorCodes.SessionExpired,
                $"The session has expired: it was not used for {Span(options.Timeout)}. Its pictures are kept: begin a new session with one of them to go on."),
            _ => null,
        };

    private static void Check(SessionDraft draft)
    {
        var faults = new List<Fault>();
        if (string.IsNullOrWhiteSpace(draft.Description) || draft.Description.Length > MaxDescription)
        {
            faults.Add(new Fault("description", FormattableString.Invariant($"The description says what the session is about, in 1 to {MaxDescription:N0} characters.")));
        }
        else if (RequestRules.HasLoneSurrogate(draft.Description))
        {
            faults.Add(new Fault("description", "The description is not valid Unicode text."));
        }

        if (draft.Name is { Length: 0 or > MaxName } || (draft.Name is { } name && RequestRules.HasLoneSurrogate(name)))
        {
            faults.Add(new Fault("session_name", $"A session's name has 1 to {MaxName} characters of valid Unicode."));
        }

        if (faults.Count > 0)
        {
            throw KinoraException.Invalid(faults);
        }
    }

    private static void RequireComplete(PictureNotes notes)
    {
        var missing = new (string Name, bool Has)[] { ("original_prompt", !string.IsNullOrWhiteSpace(notes.OriginalPrompt)), ("model", notes.Model is not null) }
            .Where(f => !f.Has).Select(f => f.Name).ToList();
        if (missing.Count > 0)
        {
            throw new KinoraException(
                ErrorCodes.MetadataIncomplete,
                $"The metadata file beside the picture lacks {string.Join(" and ", missing)}, so what it was made from is not known. Add it there, or begin a session with the picture as reference.");
        }
    }

    /// <summary>A picture whose job is gone cannot bring its words along by itself.</summary>
    private static string Instructions(ImageSession session, bool beginsWithOrigin) =>
        beginsWithOrigin && session.OriginPicture is { } origin
            ? $"{session.Description}\n\nThe picture given was made from this prompt: {origin.RevisedPrompt ?? origin.Prompt}"
            : session.Description;

    private static string Span(TimeSpan time) => time.TotalMinutes >= 2
        ? FormattableString.Invariant($"{time.TotalMinutes:0} minutes")
        : FormattableString.Invariant($"{time.TotalSeconds:0} seconds");
}
