using Kinora.Characters;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Characters;

/// <summary>What every <see cref="ICharacterStore"/> promises, whichever database is below it.</summary>
public abstract class CharacterStoreContract : IAsyncLifetime
{
    private static readonly SystemRandomBytes Random = new();

    private readonly TestClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ICharacterStore Store { get; set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more, with connections of its own, on the same database.</summary>
    protected abstract Task<ICharacterStore> OpenAsync();

    [Fact]
    public async Task Add_Character_IsReadAsItWas()
    {
        var character = New("ann", "D'Arc \"1\"; -- Jöhanna 鍵 🦊") with
        {
            Pictures = [new InputImage("one", "image/png", 64, 32, Alpha: true), new InputImage("two", "image/jpeg", 640, 320)],
        };

        (await Store.AddAsync(character, 1, Cancel)).ShouldBeTrue();

        var read = (await (await OpenAsync()).GetAsync(character.Id, "ann", Cancel))!;
        read.Pictures.ShouldBe(character.Pictures);
        (read with { Pictures = character.Pictures }).ShouldBe(character);
    }

    [Fact]
    public async Task Get_OfAnotherOwnerOrUnknown_IsNull()
    {
        var character = New("ann");
        await Store.AddAsync(character, 10, Cancel);

        (await Store.GetAsync(character.Id, "eve", Cancel)).ShouldBeNull();
        (await Store.GetAsync(character.Id, "", Cancel)).ShouldBeNull();
        (await Store.GetAsync(CharacterId.New(Random), "ann", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Add_OverTheLimit_StoresNothing_AndNamesMayRepeat()
    {
        await Store.AddAsync(New("ann"), 2, Cancel);
        await Store.AddAsync(New("ann"), 2, Cancel);
        var third = New("ann");

        (await Store.AddAsync(third, 2, Cancel)).ShouldBeFalse();

        (await Store.GetAsync(third.Id, "ann", Cancel)).ShouldBeNull();
        (await Store.AddAsync(New("bob"), 2, Cancel)).ShouldBeTrue();
        (await Store.CountAsync("ann", Cancel)).ShouldBe(2);
        (await Store.CountAsync("nobody", Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Add_ManyAtOnce_FromTwoStores_KeepsTheLimit()
    {
        var other = await OpenAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).AddAsync(New("ann"), 7, Cancel))));

        added.Count(yes => yes).ShouldBe(7);
        (await Store.CountAsync("ann", Cancel)).ShouldBe(7);
    }

    private Character New(string owner, string name = "Mossy") => new()
    {
        Id = CharacterId.New(Random),
        Owner = owner,
        Name = name,
        Pictures = [new InputImage("hash", "image/png", 64, 32)],
        CreatedAt = _clock.Now,
    };
}
