//! `SingletonThreadPoolTest`, `AssertionPoolTest`, `NullPoolTest` and `StaticPoolTest`

use super::kit::Kit;
use valet::pool::{Class, Exception, Settings};

fn pool(class: Class) -> Kit {
    Kit::new(Settings { class, ..Settings::DEFAULT })
}

mod singleton_thread_pool {
    use super::*;
    use crate::upstream::threads::Step;
    use valet::time::Span;

    fn pool_of_three() -> Kit {
        Kit::new(Settings { class: Class::SingletonThreadPool, pool_size: 3, ..Settings::DEFAULT })
    }

    #[test]
    fn test_cleanup() {
        let mut kit = pool_of_three();
        for _ in 0..10 {
            kit.start(10, &[Step::Connect, Step::Close, Step::Sleep(Span::from_millis(10))]);
        }
        kit.join();
        assert_eq!(kit.successes(), 100);
        let kept = kit.pool().kept().count();
        assert!((3..=4).contains(&kept), "{kept}");
    }

    #[test]
    fn test_no_rollback_from_nested_connections() {
        let mut kit = pool_of_three();
        let thread = kit.new_client();
        let c1 = kit.connect_in_thread(0, thread).unwrap();
        let c2 = kit.connect_in_thread(0, thread).unwrap();
        assert_eq!(c1, c2);
        kit.close(c2).unwrap();
        assert!(kit.calls(c1.connection).is_empty());
        kit.close(c1).unwrap();
        assert_eq!(kit.calls(c1.connection), ["rollback"]);
    }
}

mod assertion_pool {
    use super::*;

    #[test]
    fn test_connect_error() {
        let mut kit = pool(Class::AssertionPool);
        let _c1 = kit.connect().unwrap();
        let error = kit.connect().unwrap_err();
        assert_eq!((error.class(), error), (Some("AssertionError"), Exception::AlreadyCheckedOut.into()));
    }

    #[test]
    fn test_connect_multiple() {
        let mut kit = pool(Class::AssertionPool);
        for _ in 0..2 {
            let c = kit.connect().unwrap();
            kit.close(c).unwrap();
        }
        let _c3 = kit.connect().unwrap();
        assert_eq!(kit.connect().unwrap_err().class(), Some("AssertionError"));
    }
}

mod null_pool {
    use super::*;

    #[test]
    fn test_reconnect() {
        let mut kit = pool(Class::NullPool);
        let c1 = kit.connect().unwrap();
        kit.close(c1).unwrap();
        let c1 = kit.connect().unwrap();
        kit.invalidate(c1, None).unwrap();
        kit.connect().unwrap();
        // Theirs asks for two at least.
        assert_eq!((kit.dbapi.opened, kit.dbapi.open()), (3, vec![3]));
    }
}

mod static_pool {
    use super::*;

    /// The creator is the driver; what is the pool's own is the same.
    #[test]
    fn test_recreate() {
        let mut kit = pool(Class::StaticPool);
        let second = kit.recreate();
        assert_eq!(kit.pool().settings(), kit.generation(second).settings());
        let c1 = kit.connect().unwrap();
        let c2 = kit.connect_to(second).unwrap();
        assert_ne!(c1.connection, c2.connection);
    }

    #[test]
    fn test_connect() {
        let mut kit = pool(Class::StaticPool);
        let c1 = kit.connect().unwrap();
        kit.close(c1).unwrap();
        let c2 = kit.connect().unwrap();
        assert_eq!(c1.connection, c2.connection);
    }
}
