using Kinora.Assets;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

/// <summary>Lists, and who sees what.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task List_Pages_HoldEveryJobOnceInBothDirections()
    {
        var ids = new List<JobId>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await AddAsync()).Id);
        }

        (await PageThroughAsync(new JobQuery("ann", 3) { })).ShouldBe(Enumerable.Reverse(ids));
        (await PageThroughAsync(new JobQuery("ann", 3, OldestFirst: true))).ShouldBe(ids);
        var whole = await Store.ListAsync(new JobQuery("ann", 7), Cancel);
        whole.HasMore.ShouldBeFalse();
        (await Store.ListAsync(new JobQuery("ann", 6), Cancel)).HasMore.ShouldBeTrue();
    }

    [Fact]
    public async Task List_WithFiles_GivesEachJobItsOwn()
    {
        var (none, one) = (await AddAsync(), await AddedInAsync(JobStatus.Collecting));
        var file = new Asset { JobId = one.Id, Role = AssetRole.Video, FileName = "video.mp4", MimeType = "video/mp4", Bytes = 3, Sha256 = "s" };
        await ApplyAsync(one.Id, JobStatus.Collecting, JobStatus.Completed, u => u with { Assets = [file] });

        (await Store.ListAsync(new JobQuery("ann", 10) { WithFiles = true }, Cancel)).Jobs.Select(j => (j.Id, j.Assets.Count)).ShouldBe([(one.Id, 1), (none.Id, 0)]);
        (await Store.ListAsync(new JobQuery("ann", 1) { WithFiles = true }, Cancel)).Jobs.Single().Assets.ShouldBe([file]);
        (await Store.ListAsync(new JobQuery("nobody", 10) { WithFiles = true }, Cancel)).Jobs.ShouldBeEmpty();
        (await Store.ListAsync(new JobQuery("ann", 10), Cancel)).Jobs.ShouldAllBe(j => j.Assets.Count == 0);
    }

    [Fact]
    public async Task List_AfterADeletedJob_GoesOnFromItsPlace()
    {
        var first = await AddAsync();
        var second = await AddAsync();
        var third = await AddAsync();
        await Store.RequestCancelAsync(second.Id, "ann", Cancel);
        (await Store.DeleteAsync(second.Id, "ann", Cancel)).ShouldBeTrue();

        (await ListIdsAsync(new JobQuery("ann", 10))).ShouldBe([third.Id, first.Id]);
        (await ListIdsAsync(new JobQuery("ann", 10, second.Id))).ShouldBe([first.Id]);
        (await ListIdsAsync(new JobQuery("ann", 10, second.Id, OldestFirst: true))).ShouldBe([third.Id]);
    }

    [Fact]
    public async Task List_AfterAnUnknownJob_IsEmpty()
    {
        await AddAsync();

        (await ListIdsAsync(new JobQuery("ann", 10, NewJob().Id))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("queued", 2)]
    [InlineData("in_progress", 1)]
    [InlineData("failed", 1)]
    [InlineData("completed", 0)]
    [InlineData("nonsense", 0)]
    public async Task List_ByPublicStatus_ShowsThatWord(string word, int count)
    {
        await AddAsync();
        await AddedInAsync(JobStatus.Submitting);
        await AddedInAsync(JobStatus.Running);
        await Store.RequestCancelAsync((await AddAsync()).Id, "ann", Cancel);

        (await Store.ListAsync(new JobQuery("ann", 10) { PublicStatus = word }, Cancel)).Jobs.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("100%", "a 100% fox")]
    [InlineData("_", "snake_case")]
    [InlineData(@"\", @"back\slash")]
    [InlineData("%%", "two %% of them")]
    [InlineData("'", "it's")]
    [InlineData("狐", "一只狐狸")]
    public async Task List_ByText_TakesTheTextAsItIs(string text, string prompt)
    {
        var wanted = await AddAsync(prompt: prompt);
        await AddAsync(prompt: "a 1000 foxes in a snakexcase");

        (await ListIdsAsync(new JobQuery("ann", 10) { Text = text })).ShouldBe([wanted.Id]);
    }

    [Fact]
    public async Task List_ByModel_ShowsThatModel()
    {
        var wanted = await AddAsync(NewJob() with { Model = "fake/other" });
        await AddAsync();

        (await ListIdsAsync(new JobQuery("ann", 10) { Model = "fake/other" })).ShouldBe([wanted.Id]);
    }

    [Fact]
    public async Task EveryDoor_OtherOwner_SeesAndChangesNothing()
    {
        var running = await AddedInAsync(JobStatus.Running);
        var expired = await AddedInAsync(JobStatus.Expired);
        var queued = await AddAsync();

        (await Store.GetAsync(running.Id, "eve", Cancel)).ShouldBeNull();
        (await ListIdsAsync(new JobQuery("eve", 10))).ShouldBeEmpty();
        (await Store.RequestCancelAsync(running.Id, "eve", Cancel)).ShouldBeFalse();
        (await Store.RequestCancelAsync(queued.Id, "eve", Cancel)).ShouldBeFalse();
        (await Store.ReopenAsync(expired.Id, "eve", "again", Cancel)).ShouldBeFalse();
        (await Store.DeleteAsync(expired.Id, "eve", Cancel)).ShouldBeFalse();
        (await GetAsync(running.Id)).CancelRequested.ShouldBeFalse();
        (await GetAsync(queued.Id)).Status.ShouldBe(JobStatus.Queued);
        (await GetAsync(expired.Id)).Status.ShouldBe(JobStatus.Expired);
    }

    [Fact]
    public async Task List_WithoutOwner_ShowsAll()
    {
        await AddAsync();
        await AddAsync(NewJob(owner: "bob"));

        (await ListIdsAsync(new JobQuery(null, 10))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task List_AfterAnotherOwnersJob_IsAsAfterAnUnknownOne()
    {
        await AddAsync();
        var bobs = await AddAsync(NewJob(owner: "bob"));

        (await ListIdsAsync(new JobQuery("ann", 10, bobs.Id))).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<JobId>> PageThroughAsync(JobQuery query)
    {
        var ids = new List<JobId>();
        while (true)
        {
            var page = await Store.ListAsync(query, Cancel);
            ids.AddRange(page.Jobs.Select(j => j.Id));
            if (!page.HasMore)
            {
                return ids;
            }

            query = query with { After = ids[^1] };
        }
    }
}
