using System.Text;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Images;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.References;
using Kinora.Sessions;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sessions;

/// <summary>Sessions over a real store and real folders, with a provider that draws texts for pictures and writes down what it was given.</summary>
internal sealed class SessionScene : IAsyncDisposable
{
    public static readonly Caller Ann = new("ann");

    /// <param name="folders">Those of another scene: its files without its database.</param>
    public SessionScene(UserFolders? folders = null, ImageSessionOptions? options = null)
    {
        Engine = new Engine();
        Folders = folders ?? Engine.Folders;
        Provider.Models[0] = Provider.Models[0] with { Kinds = [MediaKind.Image], Image = new ImageRule { MaxCount = 4, MaxInputs = 4, Mask = true, Transparent = true } };
        Provider.Models.Add(new ModelInfo { Id = "fake/film", Title = "Film", Source = "test" });
        Provider.OnSubmit = (submission, _) =>
        {
            Sent.Add(submission);
            return Task.FromResult<SubmitOutcome>(
                submission.Request.Prompt == "refuse me" ? new SubmitOutcome.Refused(ErrorCodes.ContentPolicy, "No.") : new SubmitOutcome.Accepted("remote-" + submission.JobId.Hex));
        };
        Provider.OnCheck = (job, _, _) => Task.FromResult<CheckOutcome>(new CheckOutcome.Finished(
            [.. Enumerable.Range(1, job.Request.Count).Select(n => new RemoteOutput { Kind = MediaKind.Image, Url = $"{job.Request.Prompt} {n}", Id = $"call-{n}", RevisedPrompt = $"{job.Request.Prompt}, revised" })]));
        Provider.OnOpen = (output, _, _) => Task.FromResult<OpenOutcome>(new OpenOutcome.Opened(new MemoryStream(Encoding.UTF8.GetBytes(output.Url!)), 0, null));
        var random = new SystemRandomBytes();
        var catalog = new ModelCatalog(Engine.Providers, new CatalogOptions { DefaultImage = "fake/model", Aliases = new Dictionary<string, string?> { ["pen"] = "fake/model" } });
        var importer = new ReferenceImporter(Engine.Media, Engine.Assets, random, Folders, new FakeUrls());
        var reader = Engine.NewReader(importer);
        Generation = new GenerationService(reader, Engine.NewCheck(catalog, importer), Engine.Providers, Engine.Store, Engine.Assets, Engine.Media, new FakeLimits(), random, Engine.Clock);
        Sessions = new SessionService(
            Engine.Sessions, Engine.Store, Generation, catalog, new ImageWorkspace(Folders, Engine.Sessions), importer, options ?? new ImageSessionOptions(), random, Engine.Clock);
    }

    public Engine Engine { get; }

    public UserFolders Folders { get; }

    public FakeProvider Provider => Engine.Provider;

    /// <summary>What the provider was given, in order.</summary>
    public List<Submission> Sent { get; } = [];

    public GenerationService Generation { get; }

    public SessionService Sessions { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<string> NewAsync(string description = "a logo for a bakery", Caller? caller = null) =>
        (await Sessions.CreateAsync(caller ?? Ann, new SessionDraft { Description = description }, Cancel)).Id.ToString();

    /// <summary>A turn, seen to its end.</summary>
    public Task<Job> TurnAsync(string session, string prompt, string? from = null, int? count = null) =>
        TurnAsync(session, new GenerationDraft { Prompt = prompt, SourceId = from, Count = count });

    public async Task<Job> TurnAsync(string session, GenerationDraft draft, Caller? caller = null) =>
        await Engine.RunAsync((await Sessions.TurnAsync(caller ?? Ann, session, draft, Cancel)).Job.Id);

    /// <summary>A picture of no session.</summary>
    public async Task<Job> SingleAsync(GenerationDraft? draft = null, Caller? caller = null)
    {
        var created = await Generation.SubmitAsync(caller ?? Ann, (draft ?? new GenerationDraft { Prompt = "a fox" }) with { Kind = MediaKind.Image }, Cancel);
        var job = await Engine.RunAsync(created.Job.Id);
        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        return job;
    }

    /// <summary>A file of the workspace folder on the disk.</summary>
    public string Workspace(string name) => Path.Combine(Folders.Workspace.Path, name);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
