using Kinora.Adapters.Sql;
using Kinora.Characters;
using Kinora.Tests.Characters;

namespace Kinora.Tests.Sql;

public sealed class SqliteCharacterStoreTests : CharacterStoreContract
{
    private readonly SqliteScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override Task<ICharacterStore> OpenAsync() => Task.FromResult<ICharacterStore>(new SqlCharacterStore(_scratch.Open()));
}
